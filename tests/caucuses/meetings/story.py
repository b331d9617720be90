"""Meetings for a story."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from caucuses.meetings.actions import Plan, call_meeting
from caucuses.meetings.models import Meeting
from caucuses.models import Seat

PLACE = "The reading room"
AGENDA = "# Prompt\n\nWhat do we avoid?"


def plan(**changes: Any) -> Plan:
    """A meeting in a week, at 18:00 in Chicago, for an hour."""
    usual: dict[str, Any] = {
        "starts_at": in_a_week(),
        "minutes": 60,
        "time_zone": "America/Chicago",
        "place": PLACE,
        "agenda": AGENDA,
    }
    return Plan(**{**usual, **changes})


def in_a_week() -> datetime:
    """A moment in about a week, on the minute."""
    return (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)


def a_meeting(seat: Seat, **changes: Any) -> Meeting:
    """A meeting that this seat called."""
    return call_meeting(seat=seat, plan=plan(**changes))


def held(seat: Seat, *, ago: timedelta, **changes: Any) -> Meeting:
    """A meeting that began this long ago, and was called a day before."""
    meeting = a_meeting(seat, **changes)
    begins = timezone.now() - ago
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=begins, called_at=begins - timedelta(days=1)
    )
    return Meeting.objects.get(pk=meeting.pk)


def here(seat: Seat, rest: str = "") -> str:
    """The address of the room's meetings."""
    return f"/caucuses/{seat.caucus_id}/meetings/{rest}"


def of(meeting: Meeting, rest: str = "") -> str:
    """The address of a meeting."""
    return f"/caucuses/{meeting.caucus_id}/meetings/{meeting.pk}/{rest}"


def typed(on: date, at: str = "18:00", **changes: Any) -> dict[str, Any]:
    """What a facilitator types."""
    usual = {
        "day": on.isoformat(),
        "at": at,
        "time_zone": "America/Chicago",
        "minutes": "60",
        "place": PLACE,
        "agenda": AGENDA,
        "seen": "0",
    }
    return {**usual, **changes}


def winter(hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the next 15 January, UTC: no clock in these stories is changed then."""
    now = timezone.now()
    day = date(now.year, 1, 15)
    if datetime.combine(day, time(), UTC) <= now:
        day = day.replace(year=now.year + 1)
    return datetime.combine(day, time(hour, minute), UTC)


def spring_change() -> date:
    """The next Sunday on which clocks in the United States are put forward: the second of March."""
    return _next_sunday(month=3, number=2)


def fall_change() -> date:
    """The next Sunday on which they are put back: the first of November."""
    return _next_sunday(month=11, number=1)


def _next_sunday(*, month: int, number: int) -> date:
    today = timezone.now().date()
    for year in (today.year, today.year + 1):
        first = date(year, month, 1)
        day = first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
        if day > today:
            return day
    raise AssertionError


def token_on(answer: Any) -> str:
    """The random part of the link that a page shows."""
    found = re.search(r"/dates/([\w-]+)\.ics", answer.content.decode())
    assert found is not None
    return found[1]
