"""A seat's meetings as a calendar that other programs read (RFC 5545). It names nobody, and says nothing of what they are.

Times stand in UTC, which every program turns into its own. Nothing tells when somebody did something in the room:
`DTSTAMP` is the same for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from accounts.models import User
from caucuses.meetings.models import CalendarLink, Meeting
from caucuses.meetings.permissions import meetings_visible_to
from caucuses.meetings.querysets import MeetingQuerySet
from caucuses.meetings.reading import title_of
from caucuses.models import Agreement, Seat
from caucuses.reading import opened
from core.calendars import Entry, calendar_file

STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def is_for_somebody(link: CalendarLink) -> bool:
    """Whether the member of the seat may sign in: the link of a suspended one leads nowhere."""
    who = opened(link.seat, "who")
    return who is not None and User.objects.filter(pk=who, is_active=True).exists()


def feed_of(link: CalendarLink) -> bytes:
    """The file behind a link: the meetings that are not over, also those that were called off, which calendars then strike out."""
    return calendar_of(_known_to(link.seat), seat_id=link.seat_id, title=title_of(link))


def calendar_of(meetings: Iterable[Meeting], *, seat_id: UUID, title: str) -> bytes:
    """These meetings as a file. The same meeting has another UID for each seat, and keeps it for good."""
    return calendar_file(_entry(meeting, seat_id, title) for meeting in meetings)


def _entry(meeting: Meeting, seat_id: UUID, title: str) -> Entry:
    return Entry(
        uid=str(uuid5(seat_id, str(meeting.pk))),
        stamp=STAMP,
        begins=meeting.starts_at.astimezone(UTC),
        ends=meeting.ends_at.astimezone(UTC),
        title=title,
        sequence=meeting.sequence,
        status="CANCELLED" if meeting.cancelled_at else "CONFIRMED",
    )


def _known_to(seat: Seat) -> MeetingQuerySet:
    """Until its member has accepted what the room newly agreed on, those that they knew of before."""
    rows = meetings_visible_to(seat).to_come()
    if not seat.must_accept:
        return rows
    numbered = Agreement.objects.filter(caucus=seat.caucus_id, number=seat.accepted + 1)
    return rows.filter(called_at__lt=numbered.values("adopted_at")[:1])
