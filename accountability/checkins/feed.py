"""A member's next check-ins as a calendar that other programs read (RFC 5545). It names nobody and says nothing of what they are.

Times stand in UTC, which every program turns into its own. The folding of lines and the escaping of commas, semicolons and
line ends is icalendar's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid5

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accountability.checkins.keys import SHUT
from accountability.checkins.models import CalendarLink, CheckIn, Plan
from accountability.checkins.rhythm import days_after, moment
from core.crypto.alerts import could_not_open

LASTS = timedelta(minutes=30)
MOST = 6
#: Of the program that makes the file, as the standard wants it. It names neither the site nor what it is for.
MADE_BY = "-//Appointments//Feed//EN"


def feed_of(link: CalendarLink, now: datetime) -> bytes:
    """The file: the check-in that comes and those that follow it in its rhythm."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    title = title_of(link)
    for number, begins in _next(link):
        event = Event()
        event.add("uid", str(uuid5(link.place_id, str(number))))
        event.add("dtstamp", now)
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
        event.add("summary", title)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def title_of(link: CalendarLink) -> str:
    """What the calendar shows: what the member chose, else "Appointment" in their language. One line, whatever is stored."""
    try:
        chosen = " ".join(str(link.title).split())
    except SHUT:
        could_not_open(link)
        chosen = ""
    with translation.override(link.member.language or settings.LANGUAGE_CODE):
        return chosen or _("Appointment")


def _next(link: CalendarLink) -> list[tuple[int, datetime]]:
    """Number and moment of the next check-ins: the first as it stands, moved or not, the others as the rhythm gives them."""
    pair = link.place.pair_id
    coming = CheckIn.objects.coming().filter(pair=pair).first()
    plan = Plan.objects.filter(pair=pair).first()
    if coming is None or plan is None:
        return []
    beat = plan.beat
    days = islice(days_after(beat, coming.planned_on, after=coming.due_at), MOST - 1)
    later = [moment(day, beat.at, beat.time_zone) for day in days]
    return list(enumerate([coming.due_at, *later], start=coming.number))
