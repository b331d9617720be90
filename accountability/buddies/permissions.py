"""Who may read and write what in a pair: the two (or three) of it, and nobody else for any reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accountability.buddies.choices import KEPT_FOR
from accountability.buddies.models import Pair, Place
from accountability.buddies.querysets import PairQuerySet
from accounts.models import User


def pairs_visible_to(user: Any) -> PairQuerySet:
    """The pairs a member may read: their own, and for 30 days the one they left or that ended."""
    return Pair.objects.readable_by(user) if user.is_authenticated else Pair.objects.none()


def can_see_pair(user: Any, pair: Pair) -> bool:
    """Whether the member may read what is shared in it."""
    place = _place_of(user, pair)
    if place is None:
        return False
    return place.left_at is None or timezone.now() - place.left_at < KEPT_FOR


def pairs_writable_by(user: Any) -> PairQuerySet:
    """The open pair in which the member has a place now: at most one."""
    if not user.is_authenticated:
        return Pair.objects.none()
    mine = Place.objects.open().filter(member=user).values("pair")
    return Pair.objects.open().filter(pk__in=mine)


def can_write_in_pair(user: Any, pair: Pair) -> bool:
    """Whether the member may write in it: it is open and they have a place in it now."""
    place = _place_of(user, pair)
    return pair.ended_at is None and place is not None and place.left_at is None


def buddies_of(member: Any) -> QuerySet[User]:
    """The others of the member's open pair now; nobody's for the signed-out."""
    if not member.is_authenticated:
        return User.objects.none()
    mine = Place.objects.open().filter(member=member).values("pair")
    others = Place.objects.open().filter(pair__in=mine).exclude(member=member)
    return User.objects.filter(pk__in=others.values("member"))


def is_buddy_of(user: Any, member_id: UUID) -> bool:
    """Whether the two have open places in one pair now. As a filter: `buddies_of`."""
    return bool(user.is_authenticated) and buddies_of(user).filter(pk=member_id).exists()


def _place_of(user: Any, pair: Pair) -> Place | None:
    if not user.is_authenticated:
        return None
    return Place.objects.filter(pair=pair, member=user).first()
