"""The pair's page of notes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accountability.buddies.actions import PairEnded
from accountability.buddies.models import Pair
from accountability.buddies.permissions import can_write_in_pair, pairs_visible_to
from accountability.checkins.actions import save_notes, shown_notes
from accountability.checkins.actions.notes import NotesConflict
from accountability.checkins.forms import NotesForm
from accountability.checkins.keys import SHUT
from accountability.checkins.models import PairNotes
from accountability.checkins.permissions import notes_visible_to
from accountability.checkins.views.unsaved import gives_back
from core.access import MEMBER, open_to, visible_or_404
from core.crypto.alerts import could_not_open
from core.keptform import keeps
from core.text import trusted


@open_to(MEMBER)
@require_GET
def notes_show(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """The page as all of the pair read it."""
    pair = _pair(request, pair_id)
    notes = _notes(request, pair)
    context = {
        "pair": pair,
        "notes": notes,
        "html": _html(notes),
        "can_write": can_write_in_pair(request.user, pair),
    }
    return render(request, "checkins/notes_show.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(NotesForm)
@gives_back(NotesForm, of=PairNotes)
def notes_edit(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Write on it. When it was changed meanwhile, or the pair has ended, both texts, or the typed one, stand on the page."""
    pair = _pair(request, pair_id)
    form = (
        NotesForm(request.POST) if request.method == "POST" else NotesForm.of(_notes(request, pair))
    )
    if "seen" in form.errors:
        raise BadRequest
    if not can_write_in_pair(request.user, pair):
        return _page(request, pair, form, has_ended=True)
    if request.method == "GET" or not form.is_valid():
        return _page(request, pair, form)
    try:
        save_notes(
            pair=pair,
            by=request.user,
            body=form.cleaned_data["body"],
            seen=form.cleaned_data["seen"],
        )
    except PairEnded:
        return _page(request, pair, form, has_ended=True)
    except NotesConflict as conflict:
        return _conflict(request, pair, form, conflict.stored)
    messages.success(request, _("Saved."))
    return redirect("checkins:notes_show", pair.pk)


def _conflict(request: HttpRequest, pair: Pair, form: NotesForm, stored: PairNotes) -> HttpResponse:
    context = {"pair": pair, "form": form.over(stored), "html": _html(stored)}
    return render(request, "checkins/notes_conflict.html", context, status=409)


def _page(
    request: HttpRequest, pair: Pair, form: NotesForm, *, has_ended: bool = False
) -> HttpResponse:
    status = (409 if request.method == "POST" else 403) if has_ended else 200
    context = {"pair": pair, "form": form, "has_ended": has_ended}
    return render(request, "checkins/notes_edit.html", context, status=status)


def _pair(request: HttpRequest, pair_id: UUID) -> Pair:
    return visible_or_404(pairs_visible_to(request.user), pk=pair_id)


def _notes(request: HttpRequest, pair: Pair) -> PairNotes | None:
    return notes_visible_to(request.user).filter(pair=pair).first()


def _html(notes: PairNotes | None) -> str | None:
    """The page as HTML, empty where nothing was written; None where it does not open."""
    try:
        return trusted(shown_notes(notes)) if notes else ""
    except SHUT:
        could_not_open(notes)
        return None
