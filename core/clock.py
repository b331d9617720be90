"""Time zones by name, and moments as a page says them."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localdate, localtime
from django.utils.translation import get_language

MOST_KEPT = 2_000  # moments in words, in one process


def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name; UTC for a name that the machine's tables do not (or no longer) know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def today_here() -> date:
    """The day by the initiative's own calendar: what is the same day for everybody, wherever they are."""
    return localdate(timezone=get_default_timezone())


def day_and_time(at: datetime) -> str:
    """What `{{ at|date:"DATETIME_FORMAT" }}` shows, for pages with many moments: Django takes long over each."""
    return _in_words(localtime(at).replace(tzinfo=None, microsecond=0), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _in_words(wall: datetime, _language: str | None) -> str:
    """In the language that is active. Of the reader's clock, since equal instants are equal in every zone."""
    return date_format(wall, "DATETIME_FORMAT")
