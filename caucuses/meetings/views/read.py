"""The meetings of the room, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caucuses.entering import seated
from caucuses.meetings.models import Meeting
from caucuses.meetings.permissions import (
    can_call_meeting,
    can_change_meeting,
    can_write_notes,
    meetings_visible_to,
    notes_visible_to,
)
from caucuses.meetings.reading import agenda_of, coming, notes_of, past, place_of
from caucuses.models import Seat
from core.access import MEMBER, open_to, visible_or_404


@open_to(MEMBER)
@require_GET
@seated
def meeting_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Those to come and those that are past. `?before=` names the past one after which a page begins."""
    last = request.GET.get("before")
    after = meeting_of(seat, last) if last else None
    context = {
        "seat": seat,
        "coming": [] if after else coming(seat),
        "past": past(seat, after=after),
        "is_first": after is None,
        "can_call": can_call_meeting(seat),
    }
    return render(request, "meetings/meeting_list.html", context)


@open_to(MEMBER)
@require_GET
@seated
def meeting_show(request: HttpRequest, seat: Seat, meeting_id: UUID) -> HttpResponse:
    """When and where, the agenda, the notes."""
    meeting = meeting_of(seat, meeting_id)
    notes = notes_visible_to(seat).filter(meeting=meeting).first()
    context = {
        "seat": seat,
        "meeting": meeting,
        "place": place_of(meeting),
        "agenda": agenda_of(meeting),
        "notes": notes,
        "html": notes_of(notes),
        "can_change": can_change_meeting(seat, meeting),
        "can_write": can_write_notes(seat, meeting),
    }
    return render(request, "meetings/meeting_show.html", context)


def meeting_of(seat: Seat, meeting_id: UUID | str) -> Meeting:
    """A meeting that the seat may know of; 404 for any other."""
    return visible_or_404(meetings_visible_to(seat), pk=meeting_id)
