"""Named filters of check-ins. None of them looks into what is written: that is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from accountability.checkins.choices import KEPT_FOR, TOLD_BEFORE
from core.clock import asked_now


def _while_there(member: Any, now: datetime, **by_then: Any) -> Q:
    """The member has a place in the pair; or left it less than 30 days ago, and what `by_then` names lies before that.

    It joins places, and so stands in one call of `filter`.
    """
    there = Q(pair__places__left_at__isnull=True)
    left = Q(pair__places__left_at__gt=now - KEPT_FOR, **by_then)
    return Q(pair__places__member=member) & (there | left)


class CheckInQuerySet(models.QuerySet):
    """Filters for check-ins."""

    def readable_by(self, member: Any, now: datetime | None = None) -> CheckInQuerySet:
        """Those of the member's pairs; of one that they left, those that were settled by then.

        One that was still to come has a date of those who go on.
        """
        left_at = F("pair__places__left_at")
        return self.filter(_while_there(member, now or asked_now(), settled_at__lte=left_at))

    def begun_by(self, member: Any, now: datetime | None = None) -> CheckInQuerySet:
        """Those for which the member may have been writing: of a pair that they left, all that were made by then."""
        left_at = F("pair__places__left_at")
        return self.filter(_while_there(member, now or asked_now(), made_at__lt=left_at))

    def coming(self) -> CheckInQuerySet:
        """Not settled: one at most for each pair."""
        return self.filter(settled_at__isnull=True)

    def settled(self) -> CheckInQuerySet:
        """All were in, or the date has passed."""
        return self.filter(settled_at__isnull=False)

    def revealed(self) -> CheckInQuerySet:
        """Those of which there is something to read."""
        return self.filter(revealed_at__isnull=False)

    def due(self, now: datetime) -> CheckInQuerySet:
        """To be settled now, the earliest first."""
        return self.coming().filter(due_at__lte=now, pair__ended_at__isnull=True).order_by("due_at")

    def waiting(self) -> CheckInQuerySet:
        """Settled, and something that was handed in for them could not be shared."""
        waits = Q(drafts__handed_in_at__isnull=False, drafts__kept_since__isnull=True)
        return self.settled().filter(waits, pair__ended_at__isnull=True).distinct()

    def near(self, now: datetime) -> CheckInQuerySet:
        """Less than a day away, and nobody was told yet."""
        soon = self.coming().filter(due_at__gt=now, due_at__lte=now + TOLD_BEFORE)
        return soon.filter(told_at__isnull=True, pair__ended_at__isnull=True).order_by("due_at")


class PartQuerySet(models.QuerySet):
    """Filters for parts."""

    def readable_by(self, member: Any, now: datetime | None = None) -> PartQuerySet:
        """Those of the member's pairs; of one that they left, as it was then: what was shared or changed later is not theirs."""
        left_at = F("pair__places__left_at")
        before = {"shared_at__lt": left_at, "changed_at__lt": left_at}
        return self.filter(_while_there(member, now or asked_now(), **before))

    def for_page(self) -> PartQuerySet:
        """In the order in which they were shared, those of one moment by name, with their authors."""
        return self.select_related("member").order_by("shared_at", "member__chosen_name", "pk")

    def left_behind(self, now: datetime) -> PartQuerySet:
        """Of those who left a pair that goes on, or the initiative, 30 days ago or more."""
        old = now - KEPT_FOR
        mine = self.filter(pair__places__member=F("member"), pair__places__left_at__lte=old)
        return self.filter(Q(pk__in=mine.values("pk")) | Q(left_behind_at__lte=old))


class PartDraftQuerySet(models.QuerySet):
    """Filters for drafts."""

    def of(self, member: Any) -> PartDraftQuerySet:
        """This member's own: nobody else ever reads one."""
        return self.filter(member=member)

    def kept(self) -> PartDraftQuerySet:
        """Those that could not be handed in any more."""
        return self.filter(kept_since__isnull=False)

    def past_keeping(self, now: datetime) -> PartDraftQuerySet:
        """Kept for their authors for 30 days or more; or begun for a check-in that passed as long ago, and left lying."""
        old = now - KEPT_FOR
        lying = Q(check_in__settled_at__lte=old, saved_at__lte=old)
        return self.filter(Q(kept_since__lte=old) | lying)
