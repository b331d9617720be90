"""Files that calendar programs read (RFC 5545), for whoever keeps appointments. What an entry says is the caller's to choose.

The file names neither the site nor what it is for. Folding of lines and escaping of commas, semicolons and line ends are
icalendar's. A moment in UTC is written as such; one in a time zone brings the rules of that zone along, for programs that
know them otherwise or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

CALENDAR = "text/calendar; charset=utf-8"
#: Of the program that makes the file, as the standard wants it.
MADE_BY = "-//Appointments//Feed//EN"


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
    for zone in {str(one.begins.tzinfo): one.begins.tzinfo for one in shown}.values():
        if isinstance(zone, ZoneInfo) and zone.key != "UTC":
            here = [one for one in shown if one.begins.tzinfo == zone]
            first, last = min(one.begins for one in here), max(one.ends for one in here)
            calendar.add_component(_rules(zone, first.year - 1, last.year + 1))
    for entry in shown:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def calendar_answer(content: bytes, *, name: str = "") -> HttpResponse:
    """The file as an answer that nobody stores or finds; `name` offers it to be saved under that name."""
    answer = HttpResponse(content, content_type=CALENDAR)
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _rules(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """What clocks in this zone do in these years, change by change.

    icalendar's own look for them oversees changes that lie a few weeks apart, such as those around Ramadan in Morocco.
    """
    rules = Timezone()
    rules.add("tzid", zone.key)
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    rules.add_component(_change(zone, begin, begin))
    days = (datetime(last_year + 1, 1, 1, tzinfo=UTC) - begin).days
    for number in range(days):
        before, after = begin + timedelta(days=number), begin + timedelta(days=number + 1)
        if _offset(zone, before) != _offset(zone, after):
            rules.add_component(_change(zone, *_around(zone, before, after)))
    return rules


def _around(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[datetime, datetime]:
    """The last minute before a change of clocks, and the first one after it."""
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return before, after


def _change(
    zone: ZoneInfo, before: datetime, after: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """From this moment on clocks show this: said by the clock of before, as the standard wants it."""
    local = after.astimezone(zone)
    change: TimezoneStandard | TimezoneDaylight = TimezoneStandard()
    if local.dst():
        change = TimezoneDaylight()
    change.add("dtstart", (after + _offset(zone, before)).replace(tzinfo=None))
    change.add("tzoffsetfrom", _offset(zone, before))
    change.add("tzoffsetto", _offset(zone, after))
    change.add("tzname", local.tzname())
    return change


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


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
