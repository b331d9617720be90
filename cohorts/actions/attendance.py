"""Whether somebody was at a meeting: said by themselves, or noted by a facilitator. What people say themselves stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cohorts.choices import Presence
from cohorts.models import Attendance, Cohort, Meeting
from cohorts.permissions import can_note_attendance, can_speak_of_meeting, participants_of
from core import audit
from core.access import require


class NotYet(Exception):
    """The meeting has not begun, so nobody can have been there."""


@dataclass(frozen=True)
class Noted:
    """What a facilitator noted of one person, and what they had seen noted before: empty for nothing."""

    state: str
    seen: str


@transaction.atomic
def note_attendance(*, meeting: Meeting, noted: Mapping[UUID, Noted], by: Any) -> set[UUID]:
    """Note who was there, by the member's id: what changed from what was seen, and nothing else.

    What a member said themselves stands, and so does what another facilitator noted since. Gives the ids of those of whom
    something else was chosen and not written for one of these reasons.
    """
    stored = _held(meeting)
    require(can_note_attendance(by, stored))
    there = set(participants_of(stored).values_list("member", flat=True))
    rows = {row.member_id: row for row in stored.attendances.select_for_update()}
    refused = set()
    for member, one in noted.items():
        if member not in there or one.state == one.seen:
            continue
        row = rows.get(member)
        if one.state == (row.state if row else ""):
            continue
        if (row is not None and row.is_own_word) or (row.state if row else "") != one.seen:
            refused.add(member)
            continue
        _note(stored, member, row, one.state, by)
    audit.record("attendance.noted", by=by, subject=stored)
    return refused


@transaction.atomic
def say_attendance(*, meeting: Meeting, state: Presence, by: Any) -> Attendance:
    """Say that one was there, or could not come (also beforehand). What a facilitator had noted stays beside it.

    Raises NotYet for who says that they were there before it began.
    """
    stored = _held(meeting)
    require(can_speak_of_meeting(by, stored) and state != Presence.NOT_THERE)
    if state == Presence.THERE and not stored.has_begun:
        raise NotYet
    row = stored.attendances.select_for_update().filter(member=by).first()
    if row is None:
        row = Attendance(meeting=stored, member=by)
    elif not row.is_own_word:
        row.noted_before = row.state
    row.state, row.noted_by, row.noted_at = state, by, timezone.now()
    row.save()
    audit.record("attendance.said", by=by, subject=row)
    return row


@transaction.atomic
def take_back_attendance(*, meeting: Meeting, by: Any) -> None:
    """Take back what one said oneself: what a facilitator had noted stands again, or nothing. Twice is once."""
    stored = _held(meeting)
    require(can_speak_of_meeting(by, stored))
    row = stored.attendances.select_for_update().filter(member=by, noted_by=by).first()
    if row is None:
        return
    audit.record("attendance.taken_back", by=by, subject=row)
    if row.noted_before:
        row.state, row.noted_before, row.noted_by = row.noted_before, "", None
        row.save(update_fields=["state", "noted_before", "noted_by"])
    else:
        row.delete()


def forget_attendance(*, cohort: Cohort, member: Any) -> None:
    """Delete what is kept of the member's attendance in the cohort. For who leaves it, in the same transaction."""
    Attendance.objects.filter(meeting__cohort=cohort, member=member).delete()


def _held(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_related("cohort").select_for_update(of=("self",))
    return rows.get(pk=meeting.pk)  # type: ignore[no-any-return]


def _note(meeting: Meeting, member: UUID, row: Attendance | None, state: str, by: Any) -> None:
    if not state:
        if row is not None:
            row.delete()
        return
    row = row or Attendance(meeting=meeting, member_id=member)
    row.state, row.noted_by, row.noted_at = state, by, timezone.now()
    row.save()
