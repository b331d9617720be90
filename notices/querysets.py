"""Named filters of `notices`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from core.retrying import LONGEST_WAIT
from notices.choices import MailState

#: How long one claim on a mail holds. Longer than the slowest SMTP conversation: 20 seconds for each of its steps, two minutes for all (`notices.delivery`).
LEASE = timedelta(minutes=5)


class NoticeQuerySet(models.QuerySet):
    """Filters for notices."""

    def of(self, member: Any) -> NoticeQuerySet:
        """The notices of this member: nobody else ever reads one."""
        return self.filter(member=member)

    def unread(self) -> NoticeQuerySet:
        """Notices that the member has not opened."""
        return self.filter(read_at__isnull=True)


class OutboxQuerySet(models.QuerySet):
    """Filters for mail on its way."""

    def waiting(self) -> OutboxQuerySet:
        """Neither sent nor given up."""
        return self.filter(state=MailState.WAITING)

    def claimable(self, now: datetime) -> OutboxQuerySet:
        """Waiting, due, and under nobody's lease. A lease from the future was taken before the clock jumped back.

        So was the time of a mail that was due at once and stands further ahead than any wait between two tries.
        """
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE)
        stranded = Q(member__isnull=True, due_at__gt=now + LONGEST_WAIT)
        return self.waiting().filter(free, Q(due_at__lte=now) | stranded)


class ChoreQuerySet(models.QuerySet):
    """Filters for regular work."""

    def due(self, now: datetime, *, every: timedelta) -> ChoreQuerySet:
        """Work whose time has come. A time further ahead than one period was set before the clock jumped back."""
        return self.filter(Q(next_at__lte=now) | Q(next_at__gt=now + every))
