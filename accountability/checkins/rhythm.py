"""When check-ins are: dates by a rhythm. Asks no database.

A pair agrees on a weekday and a time on the wall, in one time zone. So a check-in at 18:00 stays at 18:00 when the clocks
change, and its moment is computed for each date anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accountability.buddies.choices import WEEKS
from core.clock import moment, zone_named

A_WEEK = 7


@dataclass(frozen=True)
class Beat:
    """What a pair agreed on: how often, on which weekday (0 is Monday), at which time, in which time zone."""

    rhythm: str
    weekday: int
    at: time
    time_zone: str

    @property
    def days(self) -> int:
        """Days between two check-ins."""
        return WEEKS[self.rhythm] * A_WEEK


def first_day(beat: Beat, *, now: datetime, first_on: date | None = None) -> date:
    """The day of a pair's first check-in: the one they named, if it is still to come, else the first such weekday from now."""
    if first_on is not None and moment(first_on, beat.at, beat.time_zone) > now:
        return first_on
    today = now.astimezone(zone_named(beat.time_zone)).date()
    day = today + timedelta(days=(beat.weekday - today.weekday()) % A_WEEK)
    while moment(day, beat.at, beat.time_zone) <= now:
        day += timedelta(days=A_WEEK)
    return day


def next_day(beat: Beat, last: date, *, after: datetime) -> date:
    """The day of the check-in that follows one planned for `last`, later than `after`.

    After a change of weekday it is the new weekday that lies nearest to the date the rhythm gives.
    """
    day = _nearest(last + timedelta(days=beat.days), beat.weekday)
    while moment(day, beat.at, beat.time_zone) <= after:
        day += timedelta(days=beat.days)
    return day


def days_after(beat: Beat, last: date, *, after: datetime) -> Iterator[date]:
    """The days of the check-ins that follow, without an end."""
    while True:
        last = next_day(beat, last, after=after)
        yield last


def _nearest(day: date, weekday: int) -> date:
    ahead = (weekday - day.weekday()) % A_WEEK
    return day + timedelta(days=ahead if ahead <= A_WEEK // 2 else ahead - A_WEEK)
