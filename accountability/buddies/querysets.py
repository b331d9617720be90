"""Named filters of buddies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accountability.buddies.choices import KEPT_FOR


class PairQuerySet(models.QuerySet):
    """Filters for pairs."""

    def open(self) -> PairQuerySet:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def readable_by(self, member: Any, now: datetime | None = None) -> PairQuerySet:
        """Those in which the member has a place, or left it less than 30 days ago."""
        since = (now or timezone.now()) - KEPT_FOR
        there = Q(places__left_at__isnull=True) | Q(places__left_at__gt=since)
        return self.filter(there, places__member=member)

    def past_keeping(self, now: datetime) -> PairQuerySet:
        """Those that ended 30 days ago or more: they go, with their key."""
        return self.filter(ended_at__lte=now - KEPT_FOR)


class PlaceQuerySet(models.QuerySet):
    """Filters for places in pairs."""

    def open(self) -> PlaceQuerySet:
        """Places that nobody has left. In a pair that has ended there is none."""
        return self.filter(left_at__isnull=True)

    def readable(self, now: datetime | None = None) -> PlaceQuerySet:
        """Places that are open, or were left less than 30 days ago."""
        since = (now or timezone.now()) - KEPT_FOR
        return self.filter(Q(left_at__isnull=True) | Q(left_at__gt=since))

    def for_page(self) -> PlaceQuerySet:
        """In the order of names, with the members: one query."""
        return self.select_related("member__organization").order_by("member__chosen_name", "pk")
