"""Conversations and meetings in the caucuses of the demonstration. They are of other days: nothing is counted as new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from caucuses.choices import Happening
from caucuses.meetings.models import Meeting, Notes
from caucuses.models import Event, Seat
from caucuses.threads.models import Post, Thread
from core.text import CLEANER_VERSION, clean_markdown
from home.demo.caucus_words import Gathering, Said, Talk

RIVERTON = "America/Chicago"
#: When the coming meeting is: so many days from the day on which the demonstration is written, at half past six in the evening.
COMING_IN = timedelta(days=9)
EVENING = {"hour": 18, "minute": 30, "second": 0, "microsecond": 0}
CALLED_BEFORE = timedelta(days=12)

Seats = Mapping[str, Seat]


def write_talks(seats: Seats, talks: Iterable[Talk]) -> None:
    """Write these conversations."""
    for talk in talks:
        opener = seats[talk.posts[0].by]
        thread = Thread.objects.create(
            caucus=opener.caucus,
            seat=opener,
            opened_at=talk.posts[0].at,
            last_at=talk.posts[-1].at,
            revision=len(talk.posts),
            title=talk.title,
        )
        before: Post | None = None
        for said in talk.posts:
            before = _post(thread, seats[said.by], said, before)


def _post(thread: Thread, seat: Seat, said: Said, before: Post | None) -> Post:
    return Post.objects.create(
        caucus=seat.caucus,
        thread=thread,
        seat=seat,
        quotes=before if said.answers else None,
        quoted=said.answers,
        written_at=said.at,
        text=said.text,
        html=clean_markdown(said.text),
        cleaner_version=CLEANER_VERSION,
    )


def write_gatherings(seats: Seats, gatherings: Iterable[Gathering]) -> None:
    """Write these meetings, with the notes of those that were."""
    for one in gatherings:
        seat, starts = seats[one.by], one.at or _coming()
        called = min(starts - CALLED_BEFORE, timezone.now())
        meeting = Meeting.objects.create(
            caucus=seat.caucus,
            seat=seat,
            called_at=called,
            starts_at=starts,
            minutes=90,
            time_zone=RIVERTON,
            place=one.place,
            agenda=one.agenda,
            agenda_html=clean_markdown(one.agenda),
            cleaner_version=CLEANER_VERSION,
        )
        Event.objects.create(caucus=seat.caucus, what=Happening.MEETING, seat=seat, at=called)
        if one.notes:
            Notes.objects.create(
                caucus=seat.caucus,
                meeting=meeting,
                changed_at=starts + timedelta(hours=20),
                text=one.notes,
                html=clean_markdown(one.notes),
                cleaner_version=CLEANER_VERSION,
            )


def _coming() -> datetime:
    return (timezone.now().astimezone(ZoneInfo(RIVERTON)) + COMING_IN).replace(**EVENING)  # type: ignore[arg-type]
