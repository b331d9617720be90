"""Named filters of `cohorts`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone


class CohortQuerySet(models.QuerySet):
    """Filters for cohorts."""

    def of(self, member: Any) -> CohortQuerySet:
        """The cohorts the member is in now, as participant or facilitator."""
        return self.filter(memberships__member=member, memberships__left_at__isnull=True)

    def facilitated_by(self, member: Any) -> CohortQuerySet:
        """The cohorts the member facilitates now."""
        return self.filter(
            memberships__member=member,
            memberships__left_at__isnull=True,
            memberships__is_facilitator=True,
        )

    def not_over(self) -> CohortQuerySet:
        """The cohorts whose last day has not passed, those that have not begun among them."""
        over = models.Q(ends_on__lt=timezone.localdate())
        return self.exclude(over)


class MembershipQuerySet(models.QuerySet):
    """Filters for memberships."""

    def current(self) -> MembershipQuerySet:
        """Memberships that have not ended, of members whose account is open."""
        return self.filter(left_at__isnull=True, member__is_active=True)

    def for_page(self) -> MembershipQuerySet:
        """Facilitators first, then by name, with what the cohort's page shows of each: one query."""
        return self.select_related("member__organization").order_by(
            "-is_facilitator", "member__chosen_name", "joined_at"
        )


class AnnouncementQuerySet(models.QuerySet):
    """Filters for announcements."""

    def for_page(self) -> AnnouncementQuerySet:
        """Newest first, with their authors: one query."""
        return self.select_related("author").order_by("-posted_at", "-pk")


class CohortMeetingQuerySet(models.QuerySet):
    """Filters for meetings."""

    def taking_place(self) -> CohortMeetingQuerySet:
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)

    def to_come(self) -> CohortMeetingQuerySet:
        """Those that are not over, the next one first; also those that were called off."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> CohortMeetingQuerySet:
        """Those that are over, the last one first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at", "-pk")


class AttendanceQuerySet(models.QuerySet):
    """Filters for attendance."""

    def after_its_time(self, now: datetime, kept_for: timedelta) -> AttendanceQuerySet:
        """That of cohorts whose last day lies further back than it is kept."""
        return self.filter(meeting__cohort__ends_on__lt=(now - kept_for).date())


class PromptQuerySet(models.QuerySet):
    """Filters for prompts."""

    def for_page(self) -> PromptQuerySet:
        """Newest first, in one query."""
        return self.order_by("-opened_at", "-pk")


class ReplyQuerySet(models.QuerySet):
    """Filters for replies."""

    def for_page(self) -> ReplyQuerySet:
        """In the order of time, with their authors: one query."""
        return self.select_related("author").order_by("posted_at", "pk")


class InvitationQuerySet(models.QuerySet):
    """Filters for invitations."""

    def open(self, now: datetime | None = None) -> InvitationQuerySet:
        """Invitations that can still be accepted."""
        return self.filter(accepted_at__isnull=True, expires_at__gt=now or timezone.now())
