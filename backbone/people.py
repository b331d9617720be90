"""What the desk shows of people: the list that was asked for, and one person's page. Nothing of their inner work is read here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Role, Seat, Suspension, User
from accounts.people import for_list, people_listed_for
from accounts.suspending import (
    can_confirm_suspension,
    can_stop_suspension,
    can_suspend,
    suspensions_visible_to,
)
from backbone.forms import ANY, SUSPENDED
from cohorts.models import Cohort, Membership
from core.crypto.envelope import CannotOpen


def people_found(user: Any, *, q: str = "", role: str = "", cohort: Cohort | None = None) -> QuerySet[User]:  # fmt: skip
    """The people that the list shows, with what it says of each: five queries for a page, whatever stands on it."""
    rows = people_listed_for(user)
    if words := q.strip():
        rows = rows.filter(Q(chosen_name__icontains=words) | Q(email__icontains=words))
    if role == SUSPENDED:
        rows = rows.filter(is_active=False)
    elif role:
        held = Role.objects.in_force()
        held = held if role == ANY else held.filter(kind=role)
        rows = rows.filter(pk__in=held.values("member"))
    places = Membership.objects.filter(left_at__isnull=True)
    if cohort is not None:
        rows = rows.filter(pk__in=places.filter(cohort=cohort).values("member"))
    there = places.select_related("cohort").order_by("cohort__starts_on", "cohort__name")
    return for_list(rows).prefetch_related(Prefetch("memberships", there, to_attr="places"))


@dataclass(frozen=True)
class Shut:
    """A suspension, its reason where it opens, and what the reader may do about it."""

    row: Suspension
    reason: str
    may_confirm: bool
    may_stop: bool


@dataclass(frozen=True)
class Person:
    """One person as the desk shows them."""

    member: User
    roles: list[Role]
    seats: list[Seat]
    places: list[Membership]
    suspensions: list[Shut]
    may_suspend: bool

    @property
    def held(self) -> list[Role]:
        """The roles that are held now."""
        return [role for role in self.roles if role.is_held]

    @property
    def earlier(self) -> list[Role]:
        """The roles that have ended."""
        return [role for role in self.roles if not role.is_held]

    @property
    def kinds(self) -> frozenset[str]:
        """Which roles are held now."""
        return frozenset(role.kind for role in self.held)


def person_of(user: Any, member: User) -> Person:
    """Everything that the page of one person says."""
    rows = suspensions_visible_to(user).filter(member=member).order_by("-asked_at")
    shut = list(rows.select_related("asked_by", "confirmed_by", "ended_by"))
    is_taken = any(row.is_waiting or row.is_in_force for row in shut)
    seats = member.seats.filter(ended_at__isnull=True).select_related("body")
    places = member.memberships.filter(left_at__isnull=True).select_related("cohort")
    return Person(
        member=member,
        roles=list(member.roles.select_related("given_by", "ended_by").order_by("given_at")),
        seats=list(seats.order_by("offered_at")),
        places=list(places.order_by("cohort__starts_on", "cohort__name")),
        suspensions=[
            Shut(row, _reason(row), can_confirm_suspension(user, row), can_stop_suspension(user, row))
            for row in shut
        ],
        may_suspend=not is_taken and can_suspend(user, member),
    )  # fmt: skip


def _reason(row: Suspension) -> str:
    try:
        return str(row.reason)
    except CannotOpen:  # the kernel has told the operators
        return ""
