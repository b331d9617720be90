"""What a member does with a note besides wording it: agree, hold, lift that, give up, take back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caucuses.bringback.actions import (
    Held,
    NotFound,
    Settled,
    StaleNote,
    agree,
    drop_note,
    hold,
    lift_hold,
    take_agreement_back,
    take_back_note,
)
from caucuses.bringback.forms import HoldForm
from caucuses.bringback.models import Note, NoteStance
from caucuses.bringback.permissions import can_change_note, can_drop_note, can_take_back_note
from caucuses.bringback.reading import opened, opened_for
from caucuses.bringback.views.notes import note_of, note_page, to_note
from caucuses.entering import once_here, seated
from caucuses.models import Seat
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require
from core.keptform import keeps


@open_to(MEMBER)
@require_POST
@seated
@once_here
@keeps(hidden=["act", "revision"])
def note_agree(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """Agree with the text that was shown, or (`act` is `undo`) agree no longer."""
    note = note_of(seat, note_id)
    try:
        if request.POST.get("act") == "undo":
            take_agreement_back(seat=seat, note=note)
        else:
            agree(seat=seat, note=note, seen_revision=_revision(request))
    except StaleNote as stale:
        return note_page(request, seat, stale.note, problem="changed", status=409)
    except Held:
        return note_page(request, seat, note, problem="held", status=409)
    except Settled as settled:
        return _settled(request, seat, settled.note)
    return _done(request, note)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=NoteStance)
@seated
@once_here
@keeps(HoldForm)
def note_hold(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """Hold a note, with words. When it has gone out a moment before, the words stay on the page and a sentence says so."""
    note = note_of(seat, note_id)
    mine = NoteStance.objects.filter(note=note, seat=seat).first()
    start = {"words": opened(mine, "words") if mine else ""}
    form = HoldForm(request.POST or None, initial=start)
    if not can_change_note(seat, note):
        return _hold_page(request, seat, note, form, status=409) if request.POST else to_note(note)
    if request.method == "GET" or not form.is_valid():
        return _hold_page(request, seat, note, form)
    try:
        hold(seat=seat, note=note, words=form.cleaned_data["words"])
    except Settled as settled:
        return _hold_page(request, seat, settled.note, form, status=409)
    return _done(request, note)


@open_to(MEMBER)
@require_POST
@seated
@once_here
def note_lift(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """Lift one's own hold."""
    note = note_of(seat, note_id)
    try:
        lift_hold(seat=seat, note=note)
    except Settled as settled:
        return _settled(request, seat, settled.note)
    return _done(request, note)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
@once_here
def note_drop(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """Ask, and then give up a note that one began."""
    note = note_of(seat, note_id)
    if not can_change_note(seat, note):
        return _settled(request, seat, note)
    require(
        can_drop_note(seat, note),
        _("A note is given up by whoever began it. You can hold it: then it does not go out."),
    )
    if request.method == "GET":
        return _asks(request, seat, note, "bringback/note_drop.html")
    try:
        drop_note(seat=seat, note=note)
    except Settled as settled:
        return _settled(request, seat, settled.note)
    return _done(request, note)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
@once_here
def note_take_back(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """Ask, and then take a note off the cohort's page, with the replies there."""
    note = note_of(seat, note_id)
    if not can_take_back_note(seat, note):
        return _settled(request, seat, note)
    if request.method == "GET":
        return _asks(request, seat, note, "bringback/note_take_back.html")
    try:
        take_back_note(seat=seat, note=note)
    except NotFound:
        return note_page(request, seat, note, problem="not_found", status=409)
    except Settled as settled:
        return _settled(request, seat, settled.note)
    return _done(request, note)


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _done(request: HttpRequest, note: Note) -> HttpResponse:
    messages.success(request, _("Saved."))
    return to_note(note)


def _settled(request: HttpRequest, seat: Seat, note: Note) -> HttpResponse:
    return note_page(request, seat, note, problem="settled", status=409)


def _asks(request: HttpRequest, seat: Seat, note: Note, template: str) -> HttpResponse:
    context = {"seat": seat, "note": note, "found": opened_for(seat, note)}
    return render(request, template, context)


def _hold_page(
    request: HttpRequest, seat: Seat, note: Note, form: HoldForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "seat": seat,
        "note": note,
        "found": opened_for(seat, note),
        "form": form,
        "is_inside": can_change_note(seat, note),
    }
    return render(request, "bringback/note_hold.html", context, status=status)
