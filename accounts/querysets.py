"""Named filters of `accounts`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.choices import CopyState
from core.clock import asked_now


def in_force(prefix: str = "", *, now: Any = None) -> Q:
    """What a role that is held now (or at `now`) fulfills; with a prefix, as seen from a row that roles belong to."""
    at = asked_now() if now is None else now
    ended = f"{prefix}ended_at"
    return Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gt": at})


class RoleQuerySet(models.QuerySet):
    """Filters for roles."""

    def in_force(self) -> RoleQuerySet:
        """Roles that are held now."""
        return self.filter(in_force())


class SeatQuerySet(models.QuerySet):
    """Filters for seats in bodies."""

    def filled(self) -> SeatQuerySet:
        """Seats that a member has accepted and still holds."""
        return self.filter(accepted_at__isnull=False, ended_at__isnull=True)

    def offered(self) -> SeatQuerySet:
        """Seats that wait for their member's answer."""
        return self.filter(accepted_at__isnull=True, ended_at__isnull=True)


class SecondFactorResetQuerySet(models.QuerySet):
    """Filters for requests to reset a second factor."""

    def waiting(self) -> SecondFactorResetQuerySet:
        """Requests that are neither done nor cancelled."""
        return self.filter(state="waiting")


class SuspensionQuerySet(models.QuerySet):
    """Filters for suspensions."""

    def waiting(self) -> SuspensionQuerySet:
        """Those that one asked for and no other has confirmed yet."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)

    def confirmed(self) -> SuspensionQuerySet:
        """Those that closed an account, over or not: what their member may know of."""
        return self.filter(confirmed_at__isnull=False)

    def in_force(self) -> SuspensionQuerySet:
        """Those that keep an account closed."""
        return self.confirmed().filter(ended_at__isnull=True)

    def due(self, day: date) -> SuspensionQuerySet:
        """Those in force that end by themselves on this day or before."""
        return self.in_force().filter(until__lte=day)


class OwnCopyQuerySet(models.QuerySet):
    """Filters for members’ own copies."""

    def under_way(self) -> OwnCopyQuerySet:
        """Those that wait for the worker, or that it has in hand."""
        return self.filter(state__in=[CopyState.WAITING, CopyState.MAKING])

    def handed_out(self, *, since: datetime) -> OwnCopyQuerySet:
        """Those that are ready, and became so after `since`."""
        return self.filter(state=CopyState.READY, ready_at__gt=since)

    def over(self, *, since: datetime) -> OwnCopyQuerySet:
        """Those that are ready, or were asked for, longer than since this moment."""
        return self.filter(Q(ready_at__lte=since) | Q(ready_at__isnull=True, asked_at__lte=since))


class DepartureQuerySet(models.QuerySet):
    """Filters for departures."""

    def of(self, member_id: UUID) -> DepartureQuerySet:
        """That of this member: one at most."""
        return self.filter(member_ref=member_id)

    def can_be_undone(self, now: datetime) -> DepartureQuerySet:
        """Those of which the seven days are not over, and of which nothing was erased."""
        return self.filter(begun_at__isnull=True, erase_after__gt=now)

    def due(self, now: datetime) -> DepartureQuerySet:
        """To be erased, or to be erased further, the oldest first."""
        begun = Q(begun_at__isnull=False)
        return self.filter(begun | Q(erase_after__lte=now)).order_by("erase_after", "pk")
