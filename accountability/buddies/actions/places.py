"""What each does with their own place in a pair: how to reach them, and a rest."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions.agreements import hold_pair
from accountability.buddies.models import Pair, Place
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
    pair = hold_pair(pair, by)
    mine = Place.objects.open().filter(pair=pair, member=by, resting_since__isnull=True)
    mine.update(resting_since=timezone.now())


@transaction.atomic
def resume(*, pair: Pair, by: Any) -> None:
    """End one's rest, whoever or whatever began it. Raises PairEnded."""
    pair = hold_pair(pair, by)
    Place.objects.open().filter(pair=pair, member=by).update(resting_since=None)
