"""A member's next check-ins as a calendar that other programs read (RFC 5545). It names nobody and says nothing of what they are.

Times stand in UTC, which every program turns into its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import uuid5

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.checkins.keys import SHUT
from accountability.checkins.models import CalendarLink, CheckIn, Plan
from accountability.checkins.rhythm import days_after
from core.calendars import Entry, calendar_file
from core.clock import moment
from core.crypto.alerts import could_not_open

LASTS = timedelta(minutes=30)
MOST = 6


def feed_of(link: CalendarLink, now: datetime) -> bytes:
    """The file: the check-in that comes and those that follow it in its rhythm."""
    title = title_of(link)
    return calendar_file(
        Entry(
            uid=str(uuid5(link.place_id, str(number))),
            stamp=now,
            begins=begins.astimezone(UTC),
            ends=(begins + LASTS).astimezone(UTC),
            title=title,
        )
        for number, begins in _next(link)
    )


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
