"""What needs attention today, as far as the apps below can tell: one line and one query each, none while there is nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.belonging import belonging_answerable_by
from accounts.models import ReportingLine
from accounts.suspending import suspensions_answerable_by
from curriculum.glossary.desk import QUEUE
from curriculum.glossary.models import Decision
from curriculum.glossary.permissions import proposals_visible_to


def line(words: str, url: str) -> str:
    """One line of the list: what waits, and the way to it."""
    return render_to_string("backbone/attention_line.html", {"words": words, "url": url})


def suspensions(*, request: HttpRequest, **_given: Any) -> str | None:
    """Suspensions that another asked for and that wait for this member or a third one, each by the name of whom it is about."""
    rows = suspensions_answerable_by(request.user).select_related("member").order_by("asked_at")
    words = _("Somebody asks to suspend %(name)s: a second one of you decides")
    lines = [
        line(words % {"name": row.member}, reverse("backbone:person_show", args=[row.member_id]))
        for row in rows
    ]
    return format_html_join("", "{}", ((one,) for one in lines)) or None


def belonging(*, request: HttpRequest, **_given: Any) -> str | None:
    """People of whom nobody has said yet whether they belong to the organization that they name."""
    many = belonging_answerable_by(request.user).count()
    words = ngettext(
        "%(many)d person waits to be known in their organization",
        "%(many)d people wait to be known in their organizations",
        many,
    )
    return line(words % {"many": many}, reverse("accounts:belonging_show")) if many else None


def reporting_lines(*, request: HttpRequest, **_given: Any) -> str | None:
    """Lines of reporting that are said to be wrong."""
    many = ReportingLine.objects.filter(disputed_at__isnull=False).count()
    words = ngettext(
        "%(many)d reporting line is said to be wrong",
        "%(many)d reporting lines are said to be wrong",
        many,
    )
    return line(words % {"many": many}, reverse("accounts:line_list")) if many else None


def proposals(*, request: HttpRequest, **_given: Any) -> str | None:
    """Proposals for the shared language that wait for a decision."""
    many = proposals_visible_to(request.user).open().count()  # type: ignore[attr-defined]
    words = ngettext(
        "%(many)d proposal for the shared language waits for its body",
        "%(many)d proposals for the shared language wait for their body",
        many,
    )
    return line(words % {"many": many}, reverse(QUEUE)) if many else None


def decisions(*, request: HttpRequest, **_given: Any) -> str | None:
    """Decisions of a meeting that were recorded and wait for a member of the body to confirm them."""
    many = Decision.objects.filter(confirmed_at__isnull=True).count()
    words = ngettext(
        "%(many)d decision of a meeting waits for somebody of the body to confirm it",
        "%(many)d decisions of meetings wait for somebody of the body to confirm them",
        many,
    )
    return line(words % {"many": many}, reverse(QUEUE)) if many else None


OFFERS = (suspensions, belonging, reporting_lines, proposals, decisions)
