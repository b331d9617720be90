"""Files that calendar programs read (RFC 5545), for whoever keeps appointments. What an entry says is the caller's to choose.

The file names neither the site nor what it is for. Folding of lines and escaping of commas, semicolons and line ends are
icalendar's. A moment in UTC is written as such; one in a time zone brings the rules of that zone along, for programs that
know them otherwise or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from icalendar import Calendar, Event

CALENDAR = "text/calendar; charset=utf-8"
#: Of the program that makes the file, as the standard wants it.
MADE_BY = "-//Appointments//Feed//EN"
#: The rules of a zone are told for so long before and after the entries.
AROUND = timedelta(days=366)


@dataclass(frozen=True)
class Entry:
    """One appointment. What is empty is not written; `sequence` grows when calendars must change what they show."""

    uid: str
    stamp: datetime
    begins: datetime
    ends: datetime
    title: str
    sequence: int | None = None
    status: str = ""
    place: str = ""
    url: str = ""


def calendar_file(entries: Iterable[Entry]) -> bytes:
    """These entries as a file."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    shown = list(entries)
    for entry in shown:
        calendar.add_component(_event(entry))
    if shown:
        first, last = min(one.begins for one in shown), max(one.ends for one in shown)
        calendar.add_missing_timezones(
            first_date=(first - AROUND).date(), last_date=(last + AROUND).date()
        )
    return bytes(calendar.to_ical())


def calendar_answer(content: bytes, *, name: str = "") -> HttpResponse:
    """The file as an answer that nobody stores or finds; `name` offers it to be saved under that name."""
    answer = HttpResponse(content, content_type=CALENDAR)
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    event.add("class", "PRIVATE")
    more: dict[str, Any] = {"location": entry.place, "url": entry.url, "status": entry.status}
    for name, value in more.items():
        if value:
            event.add(name, value)
    if entry.sequence is not None:
        event.add("sequence", entry.sequence)
    return event
