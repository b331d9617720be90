"""What each does with their own place in a pair: how to reach them, and a rest."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions.agreements import hold_pair
from accountability.buddies.models import Pair, Place
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
    """Begin a rest. Nobody is told; the others' page says so, and nobody waits for them. Raises PairEnded."""
    pair, now = hold_pair(pair, by), timezone.now()
    mine = Place.objects.open().select_related("pair").get(pair=pair, member=by)
    if mine.resting_since is None:
        mine.resting_since = now
        mine.save(update_fields=["resting_since"])
        doors.ask("place_rests", place=mine, now=now)


@transaction.atomic
def resume(*, pair: Pair, by: Any) -> None:
    """End one's rest, whoever or whatever began it; the rhythm goes on. Raises PairEnded."""
    pair = hold_pair(pair, by)
    mine = Place.objects.open().select_related("pair").get(pair=pair, member=by)
    if mine.resting_since is not None:
        mine.resting_since = None
        mine.save(update_fields=["resting_since"])
        doors.ask("place_is_back", place=mine, now=timezone.now())
