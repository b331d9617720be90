"""Calling a meeting, changing it, calling it off: by the facilitators of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.actions.holding import hold_caucus
from caucuses.choices import Happening
from caucuses.meetings.choices import UTC
from caucuses.meetings.models import Meeting
from caucuses.meetings.permissions import (
    can_call_meeting,
    can_change_meeting,
    can_reword_meeting,
    meetings_visible_to,
)
from caucuses.models import Event, Seat
from core.access import require, visible_or_404
from core.crypto.envelope import CannotOpen
from core.text import CLEANER_VERSION, clean_markdown

#: Why a facilitator who came later does not change a meeting.
CALLED_BEFORE = _(
    "This meeting was called before you came, so its agenda is not shown to you. You can call it off, and call another one."
)


class MeetingConflict(Exception):
    """Somebody changed the meeting since the form was opened. Nothing was changed; `stored` is how it stands now."""

    def __init__(self, stored: Meeting) -> None:
        super().__init__("The meeting was changed meanwhile.")
        self.stored = stored


class HasBegun(Exception):
    """The meeting has begun, so that its time stays."""


class IsClosed(Exception):
    """The meeting is over, or was called off."""


@dataclass(frozen=True)
class Plan:
    """What a facilitator says of a meeting. `time_zone` is the one in which the time was chosen."""

    starts_at: datetime
    minutes: int
    time_zone: str
    place: str
    agenda: str


@transaction.atomic
def call_meeting(*, seat: Seat, plan: Plan) -> Meeting:
    """Call a meeting. Nobody is written to: members see it in the room, and in the calendar that they chose."""
    now = hold_caucus(seat)
    require(can_call_meeting(now))
    meeting = Meeting(caucus=now.caucus, seat=now)
    _write(meeting, plan)
    meeting.save(force_insert=True)
    Event.objects.create(caucus=now.caucus, what=Happening.MEETING, seat=now)
    return meeting


@transaction.atomic
def change_meeting(*, seat: Seat, meeting: Meeting, plan: Plan, seen: int) -> Meeting:
    """Change a meeting. `seen` is the revision that the form began with. The same once more changes nothing.

    Raises MeetingConflict when there is another revision since, HasBegun when its time would change though it has begun,
    and IsClosed when it is over or was called off.
    """
    now = hold_caucus(seat)
    stored = _open_meeting(now, meeting)
    require(can_reword_meeting(now, stored), str(CALLED_BEFORE))
    if _plan_of(stored) == plan:
        return stored
    if stored.revision != seen:
        raise MeetingConflict(stored)
    if stored.has_begun and stored.starts_at != plan.starts_at:
        raise HasBegun
    if (stored.starts_at, stored.minutes) != (plan.starts_at, plan.minutes):
        stored.sequence += 1
    _write(stored, plan)
    stored.revision += 1
    stored.save()
    Event.objects.create(caucus=now.caucus, what=Happening.MEETING_CHANGED, seat=now)
    return stored


@transaction.atomic
def call_off_meeting(*, seat: Seat, meeting: Meeting) -> Meeting:
    """Call it off. It stays to be seen, as called off, until its time has passed. Raises IsClosed."""
    now = hold_caucus(seat)
    stored = _open_meeting(now, meeting)
    stored.cancelled_at = timezone.now()
    stored.sequence += 1
    stored.revision += 1
    stored.save(update_fields=["cancelled_at", "sequence", "revision"])
    Event.objects.create(caucus=now.caucus, what=Happening.CALLED_OFF, seat=now)
    return stored


def _open_meeting(seat: Seat, meeting: Meeting) -> Meeting:
    """The meeting as it stands now. Raises Http404 when it has gone, PermissionDenied for who does not facilitate, IsClosed."""
    stored = visible_or_404(meetings_visible_to(seat), pk=meeting.pk)
    require(can_call_meeting(seat))
    if not can_change_meeting(seat, stored):
        raise IsClosed
    return stored


def _write(meeting: Meeting, plan: Plan) -> None:
    meeting.starts_at, meeting.minutes = plan.starts_at, plan.minutes
    meeting.time_zone, meeting.zone, meeting.place = UTC, plan.time_zone, plan.place
    meeting.agenda, meeting.agenda_html = plan.agenda, clean_markdown(plan.agenda)
    meeting.cleaner_version = CLEANER_VERSION


def _plan_of(meeting: Meeting) -> Plan | None:
    """The meeting as it was said; None where its words do not open, so that a change mends them."""
    try:
        words = (str(meeting.place), str(meeting.agenda), str(meeting.agenda_html))
    except CannotOpen:
        return None
    return Plan(meeting.starts_at, meeting.minutes, meeting.called_in, *words[:2])
