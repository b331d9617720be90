"""What meetings offers at the doors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from caucuses.meetings.actions import delete_expired, delete_stale, seal_zones
from caucuses.meetings.permissions import can_call_meeting
from caucuses.meetings.reading import next_of
from caucuses.models import Seat
from caucuses.offers import way
from core import doors


def meetings_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to the room's meetings."""
    return way(seat=seat, name="meetings:meeting_list", label=_("Meetings"), request=request)


def next_card(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The next meeting, on the room's first page."""
    context = {"seat": seat, "next": next_of(seat), "can_call": can_call_meeting(seat)}
    return render_to_string("meetings/door_caucus_card.html", context, request=request)


def hourly(*, now: datetime) -> int:
    """Meetings that were called off go when their time has passed. What the release before wrote readable is sealed."""
    return delete_stale() + seal_zones()


def register() -> None:
    """Make the offers."""
    doors.offer("caucus_way", meetings_way, order=30)
    doors.offer("caucus_card", next_card, order=30)
    doors.offer("caucus_expired", delete_expired)
    doors.offer("hourly", hourly)
