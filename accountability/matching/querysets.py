"""Named filters of matching."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from accountability.matching.choices import (
    RUNNING,
    UNDER_WAY,
    RoundState,
    SeatState,
)


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
