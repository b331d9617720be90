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


def can_read_agenda(seat: Seat, meeting: Meeting) -> bool:
    """Whether the seat reads what was written when it was called: not what was written before its member came."""
    if seat.since is None or not can_see_meeting(seat, meeting):
        return False
    return meeting.called_at >= seat.since


def can_reword_meeting(seat: Seat, meeting: Meeting) -> bool:
    """Whether the seat may change time, place and agenda: who may change the meeting and reads all that stands there."""
    return can_change_meeting(seat, meeting) and can_read_agenda(seat, meeting)


def notes_visible_to(seat: Seat) -> QuerySet[Notes]:
    """The notes of the meetings that the seat may know, written since its member came."""
    if seat.since is None:
        return Notes.objects.none()
    rows = Notes.objects.filter(caucus=seat.caucus_id, meeting__in=meetings_visible_to(seat))
    return rows.filter(changed_at__gte=seat.since)


def has_older_notes(seat: Seat, meeting: Meeting) -> bool:
    """Whether there are notes which nobody has changed since the seat's member came: they are not shown to them."""
    return Notes.objects.filter(meeting=meeting, changed_at__lt=seat.since).exists()


def can_write_notes(seat: Seat, meeting: Meeting) -> bool:
    """Whether the seat may write the notes of this meeting: every member who may know of it and reads what stands there."""
    may = can_see_meeting(seat, meeting) and not seat.must_accept
    return may and not has_older_notes(seat, meeting)


def links_visible_to(seat: Seat) -> QuerySet[CalendarLink]:
    """The seat's own link, and no other."""
    return CalendarLink.objects.filter(seat=seat)


def can_see_link(seat: Seat, link: CalendarLink) -> bool:
    """The other form of `links_visible_to`."""
    return link.seat_id == seat.pk
