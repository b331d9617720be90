"""Named filters of buddies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from accountability.buddies.choices import (
    KEPT_FOR,
    LAPSES_AFTER,
    AgreementState,
    RequestState,
)
from core.clock import asked_now


class PairQuerySet(models.QuerySet):
    """Filters for pairs."""

    def open(self) -> PairQuerySet:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def readable_by(self, member: Any, now: datetime | None = None) -> PairQuerySet:
        """Those in which the member has a place, or left it less than 30 days ago."""
        since = (now or asked_now()) - KEPT_FOR
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
        since = (now or asked_now()) - KEPT_FOR
        return self.filter(Q(left_at__isnull=True) | Q(left_at__gt=since))

    def beside(self, member_id: UUID) -> PlaceQuerySet:
        """Those in pairs in which this member has, or had, a place."""
        return self.filter(pair__places__member=member_id)

    def for_page(self) -> PlaceQuerySet:
        """In the order of names, with the members and their pair: one query."""
        rows = self.select_related("member__organization", "pair__cohort")
        return rows.order_by("member__chosen_name", "pk")


class RequestQuerySet(models.QuerySet):
    """Filters for requests to be buddies."""

    def open(self) -> RequestQuerySet:
        """Those that wait for an answer."""
        return self.filter(state=RequestState.OPEN)

    def reaching(self, member: Any) -> RequestQuerySet:
        """Those that were passed on to this member."""
        return self.filter(to=member, passed_on_at__isnull=False)

    def to_pass_on(self) -> RequestQuerySet:
        """Open ones whose address nobody has looked up yet, the oldest first."""
        return self.open().filter(passed_on_at__isnull=True).order_by("asked_at", "pk")

    def from_to(self, asker: Any, member: Any) -> RequestQuerySet:
        """Those of this asker that were passed on to this member."""
        return self.reaching(member).filter(by=asker)

    def touching(self, members: Collection[Any]) -> RequestQuerySet:
        """Those of or to one of these members."""
        return self.filter(Q(by__in=members) | Q(to__in=members))

    def waited_out(self, now: datetime) -> RequestQuerySet:
        """Open ones that have waited as long as a request waits."""
        return self.open().filter(asked_at__lte=now - LAPSES_AFTER)

    def past_keeping(self, now: datetime) -> RequestQuerySet:
        """Those that ended long ago: they go."""
        return self.filter(ended_at__lte=now - LAPSES_AFTER)


class AgreementQuerySet(models.QuerySet):
    """Filters for texts of agreements."""

    def in_force(self) -> AgreementQuerySet:
        """The text that everybody of the pair confirmed last."""
        return self.filter(state=AgreementState.IN_FORCE)

    def proposed(self) -> AgreementQuerySet:
        """The text that waits for somebody's confirmation."""
        return self.filter(state=AgreementState.PROPOSED)

    def current(self) -> AgreementQuerySet:
        """What counts now: in force, or proposed."""
        return self.filter(state__in=(AgreementState.IN_FORCE, AgreementState.PROPOSED))

    def for_page(self) -> AgreementQuerySet:
        """Newest first, with who wrote and who confirmed: two queries."""
        return (
            self.select_related("written_by").prefetch_related("confirmations").order_by("-number")
        )
