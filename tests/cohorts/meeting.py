"""Meetings for a story, in the house's cohort."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cohorts.actions import Plan, call_meetings
from cohorts.models import Meeting

HERE = "/cohorts/larch/meetings/"
CHICAGO = "America/Chicago"
PLACE = "The reading room"
LINK = "https://meet.example/larch"
AGENDA = "# Prompt\n\nWho holds the **pencil**?"


def plan(**changes: Any) -> Plan:
    """A meeting in a week, for an hour."""
    starts = changes.get("starts_at", in_a_week())
    usual: dict[str, Any] = {
        "title": "Second meeting",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "time_zone": CHICAGO,
        "place": PLACE,
        "link": LINK,
        "agenda": AGENDA,
    }
    return Plan(**{**usual, **changes})


def in_a_week() -> datetime:
    """A moment in about a week, on the minute."""
    return (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)


def called(house: Any, by: str = "mo", **changes: Any) -> Meeting:
    """A meeting that somebody called."""
    return call_meetings(cohort=house.larch, plans=[plan(**changes)], by=house.people[by])[0]


def held(house: Any, *, ago: timedelta = timedelta(hours=3), **changes: Any) -> Meeting:
    """A meeting that began this long ago, after everybody had joined."""
    begins = timezone.now() - ago
    house.larch.memberships.update(joined_at=begins - timedelta(days=30))
    return called(house, starts_at=begins, **changes)


def of(meeting: Meeting, rest: str = "") -> str:
    """The address of a meeting."""
    return f"{HERE}{meeting.pk}/{rest}"


def typed(day: Any, begins: str = "18:00", ends: str = "19:30", **changes: Any) -> dict[str, Any]:
    """What somebody types."""
    usual = {
        "title": "Second meeting",
        "day": str(day),
        "begins": begins,
        "ends": ends,
        "time_zone": CHICAGO,
        "repeat": "once",
        "times": "1",
        "place": PLACE,
        "link": LINK,
        "agenda": AGENDA,
        "revision": "0",
        "once": str(uuid4()),
    }
    return {**usual, **changes}


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]
