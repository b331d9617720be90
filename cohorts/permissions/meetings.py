"""Who knows of a cohort's meetings and changes them, and between whom it stays who was there."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.models import Attendance, Cohort, Meeting, Membership
from cohorts.permissions.groups import (
    can_announce_in_cohort,
    can_see_cohort,
    cohorts_announced_in_by,
    cohorts_visible_to,
    facilitates_cohort,
)
from cohorts.querysets import CohortMeetingQuerySet, MembershipQuerySet, first_read_end
from core.clock import asked_now


def meetings_visible_to(user: Any) -> CohortMeetingQuerySet:
    """The meetings of the cohorts that the person may know of."""
    return Meeting.objects.filter(cohort__in=cohorts_visible_to(user))


def can_see_meeting(user: Any, meeting: Meeting) -> bool:
    """Whether the person may know of it: whoever may know of its cohort."""
    return can_see_cohort(user, meeting.cohort)


def meetings_changeable_by(user: Any) -> CohortMeetingQuerySet:
    """The meetings that the person may change: those not called off, where they may announce (and so call meetings)."""
    rows = Meeting.objects.taking_place()
    return rows.filter(cohort__in=cohorts_announced_in_by(user))


def can_change_meeting(user: Any, meeting: Meeting) -> bool:
    """Whether the person may change it: facilitators of the cohort and the backbone, unless it was called off."""
    return meeting.called_off_at is None and can_announce_in_cohort(user, meeting.cohort)


def participants_of(meeting: Meeting) -> MembershipQuerySet:
    """Of whom it can be said whether they were there: who learns in the cohort, and was in it before the meeting ended."""
    rows = meeting.cohort.memberships.current()
    return rows.filter(is_facilitator=False, joined_at__lte=meeting.ends_at)


def meetings_spoken_of_by(user: Any) -> CohortMeetingQuerySet:
    """The meetings of which the person may say whether they were there, or that they cannot come."""
    if not user.is_authenticated or not user.is_active:
        return Meeting.objects.none()
    mine = Membership.objects.filter(
        member=user, left_at__isnull=True, is_facilitator=False, joined_at__lte=OuterRef("ends_at")
    )
    return Meeting.objects.taking_place().filter(Exists(mine.filter(cohort=OuterRef("cohort"))))


def can_speak_of_meeting(user: Any, meeting: Meeting) -> bool:
    """Whether the person may say for themselves: participants, of meetings that were not called off."""
    if not user.is_authenticated or meeting.called_off_at is not None:
        return False
    return participants_of(meeting).filter(member=user).exists()


def meetings_noted_by(user: Any) -> CohortMeetingQuerySet:
    """The meetings of which the person may note who was there: they have begun, and the person facilitates the cohort.

    Of a cohort that is over also, as long as attendance is kept: the last meeting may well be on its last day.
    """
    if not user.is_authenticated:
        return Meeting.objects.none()
    kept = Q(cohort__ends_on__isnull=True) | Q(cohort__ends_on__gte=first_read_end())
    begun = Meeting.objects.taking_place().filter(kept, starts_at__lte=asked_now())
    return begun.filter(cohort__in=Cohort.objects.facilitated_by(user))


def can_note_attendance(user: Any, meeting: Meeting) -> bool:
    """Whether the person may note who was there: facilitators of the cohort alone, once it has begun; not the backbone."""
    takes_place = meeting.has_begun and meeting.called_off_at is None
    return (
        takes_place and meeting.cohort.is_read_by_all and facilitates_cohort(user, meeting.cohort)
    )


def attendances_visible_to(user: Any) -> QuerySet[Attendance]:
    """A person's own attendance, and that of others in cohorts that they facilitate."""
    if not user.is_authenticated:
        return Attendance.objects.none()
    noted = Q(meeting__cohort__in=Cohort.objects.facilitated_by(user))
    return Attendance.objects.filter(noted | Q(member=user))


def can_see_attendance(user: Any, attendance: Attendance) -> bool:
    """Whether the person may know of it: the member themselves, and facilitators of the cohort."""
    if not user.is_authenticated:
        return False
    return attendance.member_id == user.pk or facilitates_cohort(user, attendance.meeting.cohort)
