"""When something was: a year, a month, a day, or a time from one of them to another, as an editor writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

ONE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
RANGE = re.compile(r"\s*(?:\bto\b|\ba\b|[\u2013\u2014])\s*|(?<=^[0-9]{4})\s*-\s*(?=[0-9]{4}$)")


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """A year, or a month or day of it; 0 where it is not said, so that a year comes before its months."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def machine(self) -> str:
        """For the attribute `datetime`."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """In the reader's language."""
        if not self.month:
            return str(self.year)
        shown = date(self.year, self.month, self.day or 1)
        return date_format(shown, "DATE_FORMAT" if self.day else "YEAR_MONTH_FORMAT")


@dataclass(frozen=True, order=True, slots=True)
class When:
    """A moment, or the time from one to another."""

    start: Moment
    end: Moment | None = None

    @property
    def words(self) -> str:
        """In the reader's language."""
        if self.end is None:
            return self.start.words
        return _("%(start)s to %(end)s") % {"start": self.start.words, "end": self.end.words}

    @property
    def place(self) -> tuple[Moment, Moment]:
        """Where it stands in the order of time: by its beginning, then by its end."""
        return self.start, self.end or self.start


def read_when(text: str) -> When | None:
    """The time that the words say; None when they cannot be read."""
    parts = RANGE.split(text.strip(), maxsplit=1)
    moments = [_moment(part) for part in parts]
    if None in moments:
        return None
    start, end = moments[0], moments[1] if len(moments) > 1 else None
    if start is None or (end is not None and end <= start):
        return None
    return When(start, end)


def _moment(text: str) -> Moment | None:
    found = ONE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if (found[2] and not month) or (found[3] and not day):
        return None
    return Moment(year, month, day)
