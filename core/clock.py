"""Time zones by name, moments as a page says them, and what a clock on the wall shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localdate, localtime
from django.utils.translation import get_language

MOST_KEPT = 2_000  # moments in words, in one process

#: While a question is prepared (`core.prepared`): what stands there for the moment and the day of each time it is asked.
_places: ContextVar[tuple[Any, Any] | None] = ContextVar("places of the clock", default=None)


def asked_now() -> Any:
    """The moment now, for conditions of query sets that may be prepared: then its place, told anew with each question."""
    places = _places.get()
    return timezone.now() if places is None else places[0]


@contextmanager
def places_of_clock(now: Any, today: Any) -> Iterator[None]:
    """Let these stand for the moment and for the day by the initiative's calendar."""
    before = _places.set((now, today))
    try:
        yield
    finally:
        _places.reset(before)


def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name; UTC for a name that the machine's tables do not (or no longer) know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def asked_today() -> Any:
    """The day now by the initiative's own calendar, in the same way."""
    places = _places.get()
    return today_here() if places is None else places[1]


def today_here(now: datetime | None = None) -> date:
    """The day (of `now`) by the initiative's own calendar: what is the same day for everybody, wherever they are."""
    return localdate(now, timezone=get_default_timezone())


def moment(day: date, at: time, time_zone: str) -> datetime:
    """The moment, in UTC, at which clocks in this zone show this date and time.

    A time that clocks skip moves forward by what they skip; of a time that they show twice the first is meant. Both follow
    from `fold=0`: Python then reckons with the offset from before the change.
    """
    wall = datetime.combine(day, at.replace(fold=0, tzinfo=None), tzinfo=zone_named(time_zone))
    return wall.astimezone(UTC)


def moments(day: date, at: time, time_zone: str) -> list[datetime]:
    """The moments, in UTC, the earlier one first: one; none where clocks skip the time; two where they show it twice."""
    wall = datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None, fold=0))
    zone = zone_named(time_zone)
    both = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(one for one in both if one.astimezone(zone).replace(tzinfo=None) == wall)


def day_and_time(at: datetime) -> str:
    """What `{{ at|date:"DATETIME_FORMAT" }}` shows, for pages with many moments: Django takes long over each."""
    return _in_words(localtime(at).replace(tzinfo=None, microsecond=0), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _in_words(wall: datetime, _language: str | None) -> str:
    """In the language that is active. Of the reader's clock, since equal instants are equal in every zone."""
    return date_format(wall, "DATETIME_FORMAT")
