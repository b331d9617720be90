"""What each does with their own place in a pair: how to reach them, and a rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions.agreements import hold_pair
from accountability.buddies.models import Pair, Place
from accountability.buddies.permissions import pairs_writable_by
from core import doors
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind


@transaction.atomic
def set_contact(*, pair: Pair, contact: str, by: Any) -> None:
    """Say how the others reach one; empty takes it away. Raises PairEnded."""
    pair = hold_pair(pair, by)
    owners.get_ready([Owner(OwnerKind.PAIR, pair.pk)])
    place = Place.objects.open().get(pair=pair, member=by)
    place.contact = contact
    place.save(update_fields=["contact"])


@transaction.atomic
def rest(*, pair: Pair, by: Any) -> None:
    """Begin a rest. Nobody is told; the others' page says so. Raises PairEnded."""
    begin_rest(_own_place(pair, by), timezone.now())


@transaction.atomic
def resume(*, pair: Pair, by: Any) -> None:
    """End one's rest, whoever or whatever began it. Raises PairEnded."""
    for place in _own_place(pair, by):
        end_rest(place, timezone.now())


def rest_who_left(*, member: Any, now: datetime) -> None:
    """Let the place of somebody who left the initiative rest for the days in which they can come back. Called with them held."""
    for pair in pairs_writable_by(member):
        begin_rest(_own_place(pair, member), now)


def wake_who_came_back(*, member: Any, left_at: datetime, now: datetime) -> None:
    """They came back: their place is awake again, unless it rested before they left."""
    for pair in pairs_writable_by(member):
        for place in _own_place(pair, member):
            if place.resting_since == left_at:
                end_rest(place, now)


def begin_rest(places: Iterable[Place], now: datetime) -> None:
    """Let places rest, for whatever reason. To be called while the pair is held.

    The door `place_rests` is asked once all of them rest, in the same transaction.
    """
    begun = [place for place in places if place.resting_since is None]
    for place in begun:
        place.resting_since = now
        place.save(update_fields=["resting_since"])
    for place in begun:
        doors.ask("place_rests", place=place, now=now)


def end_rest(place: Place, now: datetime) -> None:
    """Let a place be awake again, by whatever its member did. To be called while the pair is held.

    The door `place_woke` lets the other rooms go on with it, in the same transaction.
    """
    if place.resting_since is None:
        return
    place.resting_since = None
    place.save(update_fields=["resting_since"])
    doors.ask("place_woke", place=place, now=now)


def _own_place(pair: Pair, by: Any) -> list[Place]:
    """The one place of a member, the pair being held. Raises PairEnded."""
    pair = hold_pair(pair, by)
    return list(Place.objects.open().filter(pair=pair, member=by).select_related("pair"))
