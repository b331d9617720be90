"""Published copies: the statements for everybody, their feed, and those for one's own cohort."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from accountability.commitments.atom import atom_feed
from accountability.commitments.choices import Circle, Kind
from accountability.commitments.models import PublishedCopy
from accountability.commitments.permissions import cohorts_to_share_with, copies_visible_to
from accountability.commitments.querysets import CopyQuerySet
from accountability.commitments.reading import (
    seen_by_of_copy,
    state_label,
    words_of_copy,
)
from core.access import ANYONE, MEMBER, acting_member, open_to, visible_or_404
from core.content import asked_again
from curriculum.search.words import MOST_LETTERS, MOST_WORDS, words_of

A_PAGE = 20


@open_to(ANYONE)
@require_GET
def statement_list(request: HttpRequest) -> HttpResponse:
    """Everything that was said in public, the newest first, by kind and by words. Nothing else is looked into."""
    context = {**_found(request, PublishedCopy.objects.public()), "is_public": True}
    return asked_again(render(request, "commitments/statement_list.html", context))


@open_to(ANYONE)
@require_GET
def statement_show(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """One public statement with what was said of it later."""
    copy = visible_or_404(PublishedCopy.objects.public(), pk=copy_id)
    return asked_again(copy_page(request, copy))


@open_to(ANYONE)
@require_GET
def feed_show(request: HttpRequest) -> HttpResponse:
    """The newest public statements as an Atom feed, made anew for each reader who asks."""
    feed = atom_feed(get_language() or settings.LANGUAGE_CODE)
    return asked_again(HttpResponse(feed, content_type="application/atom+xml; charset=utf-8"))


@open_to(MEMBER)
@require_GET
def copy_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the people of one's own cohort let it read."""
    member = acting_member(request)
    cohort = visible_or_404(cohorts_to_share_with(member), slug=slug)
    rows = copies_visible_to(member).filter(cohort=cohort, circle=Circle.COHORT)
    context = {**_found(request, rows.select_related("cohort")), "cohort": cohort}
    return render(request, "commitments/statement_list.html", context)


def copy_page(request: HttpRequest, copy: PublishedCopy) -> HttpResponse:
    """A published copy with its later progress."""
    later = [{"at": row.at, "state": state_label(row.state), "sentence": row.sentence} for row in copy.later.all()]  # fmt: skip
    context = {
        "copy": copy,
        "words": words_of_copy(copy),
        "seen_by": seen_by_of_copy(copy),
        "later": later,
    }
    return render(request, "commitments/statement_show.html", context)


def _found(request: HttpRequest, rows: CopyQuerySet) -> dict[str, Any]:
    kind, typed = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:MOST_LETTERS]
    kind = kind if kind in Kind.values else ""
    if kind:
        rows = rows.filter(kind=kind)
    words = tuple(words_of(typed))[:MOST_WORDS]
    if typed:
        rows = rows.saying(words) if words else rows.none()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "kind": kind, "kinds": Kind.choices, "typed": typed}
