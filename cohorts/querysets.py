"""Named filters of `cohorts`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from core.clock import today_here

#: How long the members of a cohort that has ended read its page.
READ_AFTER = timedelta(days=30)


def first_read_end(today: date | None = None) -> date:
    """A cohort whose last day is this one or later is read by all of its people."""
    return (today or today_here()) - READ_AFTER


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

    def read_by(self, member: Any, *, first_end: Any = None) -> CohortQuerySet:
        """The cohorts of the member whose page they read: all that they facilitate, the others until 30 days after the end."""
        first = first_end or first_read_end()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=first) | Q(memberships__is_facilitator=True),
            memberships__member=member,
            memberships__left_at__isnull=True,
        )

    def not_over(self) -> CohortQuerySet:
        """The cohorts whose last day has not passed, those that have not begun among them."""
        return self.exclude(ends_on__lt=today_here())

    def over(self) -> CohortQuerySet:
        """The cohorts whose last day has passed."""
        return self.filter(ends_on__lt=today_here())

    def running(self) -> CohortQuerySet:
        """The cohorts that have begun and are not over."""
        return self.not_over().filter(starts_on__lte=today_here())

    def coming(self) -> CohortQuerySet:
        """The cohorts whose first day is still to come."""
        return self.filter(starts_on__gt=today_here())

    def with_people(self) -> CohortQuerySet:
        """With how many people are in each now."""
        there = Q(memberships__left_at__isnull=True, memberships__member__is_active=True)
        return self.annotate(people=Count("memberships", filter=there))


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
