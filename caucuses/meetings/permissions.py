"""Who may know of a meeting, call one, and write its notes. Every rule asks a seat."""

from __future__ import annotations

from django.db.models import QuerySet

from caucuses.meetings.models import CalendarLink, Meeting, Notes
from caucuses.meetings.querysets import MeetingQuerySet
from caucuses.models import Seat
from caucuses.permissions import can_facilitate


def meetings_visible_to(seat: Seat) -> MeetingQuerySet:
    """Those of the caucus that began, or will begin, after the seat's member came.

    One that is called off is seen until its time has passed; with notes, as long as these.
    """
    known = Meeting.objects.filter(caucus=seat.caucus_id).known_since(seat.since)
    return known.exclude(pk__in=Meeting.objects.filter(caucus=seat.caucus_id).stale().values("pk"))


def can_see_meeting(seat: Seat, meeting: Meeting) -> bool:
    """The other form of `meetings_visible_to`."""
    if meeting.caucus_id != seat.caucus_id or seat.since is None:
        return False
    is_stale = (
        meeting.cancelled_at is not None
        and meeting.is_over
        and not Notes.objects.filter(meeting=meeting).exists()
    )
    return meeting.starts_at >= seat.since and not is_stale


def can_call_meeting(seat: Seat) -> bool:
    """Whether the seat may call meetings: its facilitators."""
    return can_facilitate(seat)


def can_change_meeting(seat: Seat, meeting: Meeting) -> bool:
    """Whether the seat may change it, or call it off: facilitators, until it is over or was called off."""
    is_open = meeting.cancelled_at is None and not meeting.is_over
    return can_facilitate(seat) and can_see_meeting(seat, meeting) and is_open


def notes_visible_to(seat: Seat) -> QuerySet[Notes]:
    """The notes of the meetings that the seat may know."""
    return Notes.objects.filter(caucus=seat.caucus_id, meeting__in=meetings_visible_to(seat))


def can_write_notes(seat: Seat, meeting: Meeting) -> bool:
    """Whether the seat may write the notes of this meeting: every member who may know of it."""
    return can_see_meeting(seat, meeting) and not seat.must_accept


def links_visible_to(seat: Seat) -> QuerySet[CalendarLink]:
    """The seat's own link, and no other."""
    return CalendarLink.objects.filter(seat=seat)


def can_see_link(seat: Seat, link: CalendarLink) -> bool:
    """The other form of `links_visible_to`."""
    return link.seat_id == seat.pk
