"""Named filters of matching."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from accountability.matching.choices import (
    MOST_TRIES,
    RUNNING,
    STUCK_AFTER,
    UNDER_WAY,
    RoundState,
    SeatState,
)


def to_be_taken(now: datetime) -> Q:
    """Work that waits for a worker, or whose worker has died."""
    stuck = Q(state=RoundState.SOLVING, taken_at__lt=now - STUCK_AFTER)
    return Q(state=RoundState.WAITING) | stuck


class LimitQuerySet(models.QuerySet):
    """Filters for limits."""

    def of(self, member: Any) -> LimitQuerySet:
        """A member's own, the newest first."""
        return self.filter(member=member).order_by("-at", "-pk")


class RoundQuerySet(models.QuerySet):
    """Filters for rounds."""

    def running(self) -> RoundQuerySet:
        """Those that are not over."""
        return self.filter(state__in=RUNNING)

    def finished(self) -> RoundQuerySet:
        """Those after which everybody was told."""
        return self.filter(state=RoundState.DONE)

    def to_take(self, now: datetime) -> RoundQuerySet:
        """Those that wait for a worker, the oldest first."""
        return self.filter(to_be_taken(now)).order_by("started_at", "pk")

    def given_up(self, now: datetime) -> RoundQuerySet:
        """Those whose worker has died so often that no other one tries."""
        return self.filter(
            state=RoundState.SOLVING, taken_at__lt=now - STUCK_AFTER, tries__gte=MOST_TRIES
        )


class MatchSeatQuerySet(models.QuerySet):
    """Filters for seats in matches."""

    def under_way(self) -> MatchSeatQuerySet:
        """Those of matches that still wait for somebody."""
        return self.filter(state__in=UNDER_WAY)

    def for_answer(self) -> MatchSeatQuerySet:
        """Those that wait for their own member's answer."""
        return self.filter(state=SeatState.OPEN)

    def beside(self, member_id: UUID) -> MatchSeatQuerySet:
        """Those in matches in which this member has a seat, too."""
        return self.filter(match__seats__member=member_id)
