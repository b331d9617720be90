"""Calling a meeting of a cohort, or several in a rhythm; changing one; calling it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohorts import notifications
from cohorts.actions.over import held_open
from cohorts.models import Cohort, Meeting
from cohorts.permissions import can_announce_in_cohort
from core import audit
from core.access import require
from core.text import CLEANER_VERSION, clean_markdown

MOST_CLEANED = 500


class MeetingConflict(Exception):
    """Somebody changed the meeting since the form was opened. Nothing was changed; `stored` is how it stands now."""

    def __init__(self, stored: Meeting) -> None:
        super().__init__("The meeting was changed meanwhile.")
        self.stored = stored


class HasBegun(Exception):
    """The meeting has begun, so that its time stays, and it is not called off any more."""


class IsCalledOff(Exception):
    """The meeting was called off."""


@dataclass(frozen=True)
class Plan:
    """What somebody says of a meeting. `time_zone` is the one in which the times were chosen."""

    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    link: str
    agenda: str

    @property
    def when_and_where(self) -> tuple[datetime, datetime, str, str]:
        """What the others are told of when it changes."""
        return self.starts_at, self.ends_at, self.place, self.link


@transaction.atomic
def call_meetings(*, cohort: Cohort, plans: Sequence[Plan], by: Any) -> list[Meeting]:
    """Call these meetings, the earliest first. The others in the cohort get one notice, of the first that is to come. Raises CohortIsOver."""
    require(can_announce_in_cohort(by, held_open(cohort)))
    called = [_called(cohort, plan, by) for plan in plans]
    for meeting in called:
        audit.record("meeting.called", by=by, subject=meeting)
    coming = [meeting for meeting in called if not meeting.has_begun]
    if coming:
        notifications.meeting_called(coming[0], by=by, are_more=len(coming) > 1)
    return called


@transaction.atomic
def change_meeting(*, meeting: Meeting, plan: Plan, seen: int, by: Any) -> Meeting:
    """Change a meeting; with another time or place the others are told. The same once more changes nothing.

    `seen` is the revision that the form began with. Raises MeetingConflict when there is another one since, HasBegun when
    the time of a meeting would change that has begun, IsCalledOff, and CohortIsOver.
    """
    stored = _held(meeting, by)
    before = plan_of(stored)
    if before == plan:
        return stored
    if stored.revision != seen:
        raise MeetingConflict(stored)
    is_moved = (before.starts_at, before.ends_at) != (plan.starts_at, plan.ends_at)
    if stored.has_begun and is_moved:
        raise HasBegun
    _write(stored, plan)
    stored.is_changed_by_others |= by.pk != stored.made_by_id
    stored.revision += 1
    stored.sequence += before.when_and_where != plan.when_and_where
    stored.save()
    audit.record("meeting.changed", by=by, subject=stored)
    if before.when_and_where != plan.when_and_where and not stored.has_begun:
        notifications.meeting_changed(stored, by=by)
    return stored


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, by: Any) -> Meeting:
    """Call it off; the others are told. It stays to be seen as called off. Raises HasBegun, IsCalledOff, and CohortIsOver."""
    stored = _held(meeting, by)
    if stored.has_begun:
        raise HasBegun
    stored.called_off_at = timezone.now()
    stored.revision += 1
    stored.sequence += 1
    stored.save(update_fields=["called_off_at", "revision", "sequence"])
    audit.record("meeting.called_off", by=by, subject=stored)
    notifications.meeting_called_off(stored, by=by)
    return stored


def plan_of(meeting: Meeting) -> Plan:
    """The meeting as it was said."""
    return Plan(**{field.name: getattr(meeting, field.name) for field in fields(Plan)})


def clean_agendas_again() -> int:
    """Clean what an older cleaner had cleaned, from the agenda as it was typed; returns how many rows changed."""
    old = Meeting.objects.exclude(cleaner_version=CLEANER_VERSION)[:MOST_CLEANED]
    for row in old:
        same = Meeting.objects.filter(pk=row.pk, revision=row.revision)
        same.update(agenda_html=clean_markdown(row.agenda), cleaner_version=CLEANER_VERSION)
    return len(old)


def _called(cohort: Cohort, plan: Plan, by: Any | None) -> Meeting:
    meeting = Meeting(cohort=cohort, made_by=by)
    _write(meeting, plan)
    meeting.save(force_insert=True)
    return meeting


def _held(meeting: Meeting, by: Any) -> Meeting:
    """The meeting as it stands now, held with its cohort until the transaction ends. Raises CohortIsOver, and IsCalledOff."""
    cohort = held_open(meeting.cohort)
    rows = Meeting.objects.select_related("cohort").select_for_update(of=("self",))
    stored: Meeting = rows.get(pk=meeting.pk)
    require(can_announce_in_cohort(by, cohort))
    if stored.called_off_at is not None:
        raise IsCalledOff
    return stored


def _write(meeting: Meeting, plan: Plan) -> None:
    for field in fields(Plan):
        setattr(meeting, field.name, getattr(plan, field.name))
    meeting.agenda_html, meeting.cleaner_version = clean_markdown(plan.agenda), CLEANER_VERSION
