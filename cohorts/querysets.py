"""Named filters of `cohorts`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Q

from cohorts.choices import TO_DO, ImportState
from core.clock import asked_now, asked_today, today_here

#: How long the members of a cohort that has ended read its page.
READ_AFTER = timedelta(days=30)


def first_read_end(today: date | None = None) -> date:
    """A cohort whose last day is this one or later is read by all of its people."""
    return (today or asked_today()) - READ_AFTER


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

    def read_by_all(self) -> CohortQuerySet:
        """The cohorts whose page all of their people read: until 30 days after the last day. Of one: `Cohort.is_read_by_all`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first_read_end()))

    def not_over(self) -> CohortQuerySet:
        """The cohorts whose last day has not passed, those that have not begun among them."""
        return self.exclude(ends_on__lt=asked_today())

    def over(self) -> CohortQuerySet:
        """The cohorts whose last day has passed."""
        return self.filter(ends_on__lt=asked_today())

    def running(self) -> CohortQuerySet:
        """The cohorts that have begun and are not over."""
        return self.not_over().filter(starts_on__lte=asked_today())

    def coming(self) -> CohortQuerySet:
        """The cohorts whose first day is still to come."""
        return self.filter(starts_on__gt=asked_today())

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


class CohortMeetingQuerySet(models.QuerySet):
    """Filters for meetings."""

    def taking_place(self) -> CohortMeetingQuerySet:
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)

    def to_come(self) -> CohortMeetingQuerySet:
        """Those that are not over, the next one first; also those that were called off."""
        return self.filter(ends_at__gt=asked_now()).order_by("starts_at", "pk")

    def past(self) -> CohortMeetingQuerySet:
        """Those that are over, the last one first."""
        return self.filter(ends_at__lte=asked_now()).order_by("-starts_at", "-pk")


class AttendanceQuerySet(models.QuerySet):
    """Filters for attendance."""

    def after_its_time(self, now: datetime, kept_for: timedelta) -> AttendanceQuerySet:
        """That of cohorts whose last day lies further back than it is kept."""
        return self.filter(meeting__cohort__ends_on__lt=today_here(now) - kept_for)


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
        return self.filter(accepted_at__isnull=True, expires_at__gt=now or asked_now())

    def usable(self) -> InvitationQuerySet:
        """Open ones that lead somewhere: to no cohort, or to one that is not over."""
        return self.open().exclude(cohort__ends_on__lt=asked_today())

    def for_page(self) -> InvitationQuerySet:
        """Open ones, newest first, with what the list shows of each: one query."""
        return self.open().select_related("cohort", "invited_by").order_by("-sent_at", "-pk")


class JoinLinkQuerySet(models.QuerySet):
    """Filters for links to join by."""

    def with_a_use_left(self) -> JoinLinkQuerySet:
        """Links that are not ended, expired or used up. Asks their own rows alone.

        PostgreSQL looks at those once more when it has waited for another's lock, at a joined table it does not.
        """
        there = self.filter(ended_at__isnull=True, expires_at__gt=asked_now())
        return there.filter(used__lt=models.F("most_uses"))

    def usable(self) -> JoinLinkQuerySet:
        """Links by which somebody can still join: with a use left, and the cohort not over."""
        over = models.Q(cohort__ends_on__lt=asked_today())
        return self.with_a_use_left().exclude(over)

    def for_page(self) -> JoinLinkQuerySet:
        """Newest first, with who made them: one query."""
        return self.select_related("made_by").order_by("-made_at", "-pk")


class ImportQuerySet(models.QuerySet):
    """Filters for files of people."""

    def to_carry_out(self) -> ImportQuerySet:
        """Those that are being carried out."""
        return self.filter(state=ImportState.RUNNING)


class ImportRowQuerySet(models.QuerySet):
    """Filters for rows of files of people."""

    def to_do(self) -> ImportRowQuerySet:
        """Rows with which something is still to be done, in the order of the file."""
        return self.filter(verdict__in=TO_DO, became="").order_by("number")
