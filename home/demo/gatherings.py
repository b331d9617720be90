"""Meetings of the cohort *spring*: one that was, with who was there, and one that comes. They are of other days: nobody is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from cohorts.choices import Presence
from cohorts.models import Attendance, Cohort, Meeting
from core.text import CLEANER_VERSION, clean_markdown

RIVERTON = "America/Chicago"
PLACE = "Eastside Library, room 2"
LONG = timedelta(minutes=90)
#: When they are: so many days before and after the day on which the demonstration is written, at half past five.
GONE_SINCE, COMING_IN = timedelta(days=10), timedelta(days=6)
EVENING = {"hour": 17, "minute": 30, "second": 0, "microsecond": 0}
CALLED_BEFORE = timedelta(days=14)

AGENDA = """# Arrival

Each says their name, and one thing that a street of their childhood was called.

# Agreements

We read what we agreed on, and ask whether something is missing.

# Prompt

{prompt}

# Talk

In twos first, then all together. Everybody may pass, and nobody explains for others.

# Closing

One thing that I take along. We end at seven."""
GRADES = "Which form of ours hands out grades, and who holds the pencil?"
FORMS = "Bring one form that you changed, or tried to. What stood in the way?"

#: Who said what of themselves, and what a facilitator had noted before.
OWN_WORDS = {"ben": (Presence.EXCUSED, ""), "chioma": (Presence.THERE, Presence.NOT_THERE)}
NOTED_THERE = ("dev", "elu", "hana", "ines", "jo")


def write_meetings(members: dict[str, User]) -> None:
    """Write both meetings, and who was at the first one."""
    today = timezone.now().astimezone(ZoneInfo(RIVERTON)).replace(**EVENING)  # type: ignore[arg-type]
    was = _meeting(members["mo"], "Grades and pencils", today - GONE_SINCE, GRADES)
    _meeting(members["mo"], "Forms that we can change", today + COMING_IN, FORMS)
    for name, (state, before) in OWN_WORDS.items():
        _attendance(was, members[name], state, members[name], before)
    for name in NOTED_THERE:
        _attendance(was, members[name], Presence.THERE, members["mo"], "")
    _attendance(was, members["marisol"], Presence.NOT_THERE, members["mo"], "")


def _meeting(by: User, title: str, starts_at: datetime, prompt: str) -> Meeting:
    agenda = AGENDA.format(prompt=prompt)
    return Meeting.objects.create(
        cohort=Cohort.objects.get(slug="spring"),
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + LONG,
        time_zone=RIVERTON,
        place=PLACE,
        link="https://meet.riverton.example/spring",
        agenda=agenda,
        agenda_html=clean_markdown(agenda),
        cleaner_version=CLEANER_VERSION,
        made_by=by,
        called_at=min(starts_at - CALLED_BEFORE, timezone.now()),
    )


def _attendance(meeting: Meeting, member: User, state: str, noted_by: User, before: str) -> None:
    Attendance.objects.create(
        meeting=meeting,
        member=member,
        state=state,
        noted_by=noted_by,
        noted_at=meeting.ends_at + timedelta(hours=2),
        noted_before=before,
    )
