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
    can_read_agenda,
    can_write_notes,
    has_older_notes,
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
    """Those to come and those that are past. `?after=` and `?before=` name the one behind which a page of them begins."""
    next_after, past_before = request.GET.get("after"), request.GET.get("before")
    ahead = meeting_of(seat, next_after) if next_after else None
    behind = meeting_of(seat, past_before) if past_before and ahead is None else None
    context = {
        "seat": seat,
        "coming": None if behind else coming(seat, after=ahead),
        "past": None if ahead else past(seat, after=behind),
        "is_first": ahead is None and behind is None,
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
        "agenda": agenda_of(meeting) if can_read_agenda(seat, meeting) else "",
        "is_older": not can_read_agenda(seat, meeting),
        "notes": notes,
        "are_notes_older": has_older_notes(seat, meeting),
        "html": notes_of(notes),
        "can_change": can_change_meeting(seat, meeting),
        "can_write": can_write_notes(seat, meeting),
    }
    return render(request, "meetings/meeting_show.html", context)


def meeting_of(seat: Seat, meeting_id: UUID | str) -> Meeting:
    """A meeting that the seat may know of; 404 for any other."""
    return visible_or_404(meetings_visible_to(seat), pk=meeting_id)
