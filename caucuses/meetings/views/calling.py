"""Calling a meeting, changing it, calling it off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caucuses.entering import once_here, seated
from caucuses.meetings.actions import (
    CALLED_BEFORE,
    HasBegun,
    IsClosed,
    MeetingConflict,
    call_meeting,
    call_off_meeting,
    change_meeting,
)
from caucuses.meetings.forms import MeetingForm
from caucuses.meetings.models import Meeting
from caucuses.meetings.permissions import can_call_meeting, can_change_meeting, can_read_agenda
from caucuses.meetings.reading import agenda_of, place_of
from caucuses.meetings.views.read import meeting_of
from caucuses.models import Seat
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Meeting)
@seated
@once_here
@keeps(MeetingForm)
def meeting_call(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Call a meeting; the agenda to begin with stands in the form."""
    require(can_call_meeting(seat))
    if request.method == "GET":
        return _page(request, seat, MeetingForm.new(timezone.get_current_timezone_name()))
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, form)
    meeting = call_meeting(seat=seat, plan=form.plan)
    messages.success(request, _("The meeting is called."))
    return redirect("meetings:meeting_show", seat.caucus_id, meeting.pk)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Meeting)
@seated
@keeps(MeetingForm)
def meeting_edit(request: HttpRequest, seat: Seat, meeting_id: UUID) -> HttpResponse:
    """Change it. When somebody else did meanwhile, both stand on the page."""
    meeting = meeting_of(seat, meeting_id)
    require(can_call_meeting(seat))
    require(can_read_agenda(seat, meeting), str(CALLED_BEFORE))
    if request.method == "GET":
        is_closed = not can_change_meeting(seat, meeting)
        return _page(request, seat, MeetingForm.of(meeting), is_closed=is_closed)
    form = MeetingForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _page(request, seat, form)
    return _changed(request, seat, meeting, form)


def _changed(request: HttpRequest, seat: Seat, meeting: Meeting, form: MeetingForm) -> HttpResponse:
    try:
        change_meeting(seat=seat, meeting=meeting, plan=form.plan, seen=form.seen_revision)
    except IsClosed:
        return _page(request, seat, form, is_closed=True)
    except HasBegun:
        form.add_error("at", _("The meeting has begun, so its time stays. The rest can change."))
        return _page(request, seat, form)
    except MeetingConflict as conflict:
        return _conflict(request, seat, form.over(conflict.stored), conflict.stored)
    messages.success(request, _("Saved."))
    return redirect("meetings:meeting_show", seat.caucus_id, meeting.pk)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
@once_here
def meeting_call_off(request: HttpRequest, seat: Seat, meeting_id: UUID) -> HttpResponse:
    """Ask, then call it off."""
    meeting = meeting_of(seat, meeting_id)
    require(can_call_meeting(seat))
    shown = redirect("meetings:meeting_show", seat.caucus_id, meeting.pk)
    if not can_change_meeting(seat, meeting):
        return shown  # it says there that it is called off, or past
    if request.method == "GET":
        context = {"seat": seat, "meeting": meeting}
        return render(request, "meetings/meeting_call_off.html", context)
    try:
        call_off_meeting(seat=seat, meeting=meeting)
    except IsClosed:
        return shown
    messages.success(request, _("The meeting is called off. Members see that in the room."))
    return shown


def _page(
    request: HttpRequest, seat: Seat, form: MeetingForm, *, is_closed: bool = False
) -> HttpResponse:
    status = 409 if is_closed and request.method == "POST" else 200
    context = {"seat": seat, "form": form, "meeting": form.meeting, "is_closed": is_closed}
    return render(request, "meetings/meeting_form.html", context, status=status)


def _conflict(request: HttpRequest, seat: Seat, form: MeetingForm, stored: Meeting) -> HttpResponse:
    context = {
        "seat": seat,
        "form": form,
        "meeting": stored,
        "place": place_of(stored),
        "agenda": agenda_of(stored),
    }
    return render(request, "meetings/meeting_conflict.html", context, status=409)
