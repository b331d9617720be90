"""Cutting an excerpt out of an entry, seeing it as the buddy will, and sharing exactly that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.buddies.models import Pair
from accountability.buddies.permissions import buddies_of, pairs_writable_by
from accountability.journal.actions import html_from
from accountability.journal.lock import behind_lock
from accountability.journal.models import Entry
from accountability.journal.permissions import entries_visible_to
from accountability.sharing.actions import EntryGone, NobodyToRead, TooMany, share_excerpt
from accountability.sharing.forms import ExcerptForm
from accountability.sharing.reading import names_of
from core.access import MEMBER, acting_member, open_to
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.idempotency import once
from core.keptform import keeps
from core.text import trusted


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
@once
@keeps(ExcerptForm, hidden=["act", "pair"])
def excerpt_share(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Choose what is shown; look at it; share it. Without a pair, or an entry, nothing is shared and the text comes back."""
    member = acting_member(request)
    entry = entries_visible_to(member).kept().filter(pk=entry_id).first()
    if entry is None:
        return _entry_gone(request)
    pair = pairs_writable_by(member).first()
    if pair is None:
        return _nobody(request, entry)
    if request.method == "POST":
        return _answer(request, entry, pair)
    try:
        first = {"title": str(entry.title), "words": str(entry.body), "pair": pair.pk}
    except CannotOpen:
        could_not_open(entry)
        return render(request, "sharing/excerpt_shut.html", {"entry": entry})
    return _page(request, entry, pair, ExcerptForm(initial=first))


def _answer(request: HttpRequest, entry: Entry, pair: Pair) -> HttpResponse:
    """Do what the pressed button says. What nobody types must be as our page sent it."""
    form, act = ExcerptForm(request.POST), request.POST.get("act", "look")
    if form.tampered or act not in {"look", "share"}:
        raise BadRequest
    if not form.is_valid():
        return _page(request, entry, pair, form)
    if form.cleaned_data["pair"] != pair.pk:
        return _page(request, entry, pair, form, looks=True, other_pair=True, status=409)
    if act == "look":
        return _page(request, entry, pair, form, looks=True)
    return _share(request, entry, pair, form)


def _share(request: HttpRequest, entry: Entry, pair: Pair, form: ExcerptForm) -> HttpResponse:
    said = {name: form.cleaned_data[name] for name in ("title", "words", "until")}
    try:
        excerpt = share_excerpt(by=acting_member(request), pair=pair, entry=entry, **said)
    except NobodyToRead:
        return _nobody(request, entry)
    except EntryGone:
        return _entry_gone(request)
    except TooMany:
        form.add_error(None, _("You share as many excerpts as one can at a time. Take one back first; your text stands below."))  # fmt: skip
        return _page(request, entry, pair, form)
    messages.success(request, _("Shared. You can take it back at any time."))
    return redirect("sharing:excerpt_show", excerpt.pk)


def _page(
    request: HttpRequest,
    entry: Entry,
    pair: Pair,
    form: ExcerptForm,
    *,
    looks: bool = False,
    other_pair: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The choice; with `looks`, the excerpt above it as it will be read, and the button that shares exactly that."""
    readers = list(buddies_of(request.user).order_by("chosen_name", "pk"))
    context: dict[str, Any] = {
        "form": form,
        "entry": entry,
        "pair": pair,
        "readers": names_of(readers),
        "is_trio": len(readers) > 1,
        "other_pair": other_pair,
    }
    if looks:
        context |= {"said": form.cleaned_data, "html": trusted(html_from(form.cleaned_data["words"]))}  # fmt: skip
    return render(request, "sharing/excerpt_share.html", context, status=status)


def _nobody(request: HttpRequest, entry: Entry) -> HttpResponse:
    """There is no pair, or none any more: what was typed stands on the page, and the entry in the journal."""
    posted = request.method == "POST"
    context = {"entry": entry, "typed": _typed(request), "posted": posted}
    return render(request, "sharing/excerpt_nobody.html", context, status=409 if posted else 200)


def _entry_gone(request: HttpRequest) -> HttpResponse:
    """The same 404 for what is not one's own and for what is not there any more; what was typed comes back."""
    typed = _typed(request)
    if not typed:
        raise Http404
    request.names_no_address = True  # type: ignore[attr-defined]  # see core.views.error_page
    return render(request, "sharing/excerpt_nobody.html", {"typed": typed}, status=404)


def _typed(request: HttpRequest) -> str:
    parts = (request.POST.get(name, "").strip() for name in ("title", "words"))
    return "\n\n".join(part for part in parts if part)
