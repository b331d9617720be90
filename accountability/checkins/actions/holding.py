"""What every verb of a pair holds first, and what it finds then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accountability.buddies.models import Pair, Place
from accountability.checkins.models import CheckIn


class Gone(Exception):
    """What a button was pressed for is not there any more: it has ended, was stopped or went. Nothing was changed."""


def hold_pair(pair_id: UUID) -> None:
    """Hold the pair's row until the transaction ends; it is the first that every verb of a pair holds."""
    Pair.objects.select_for_update(no_key=True).filter(pk=pair_id).values("pk").first()


def held(check_in: CheckIn) -> CheckIn:
    """The check-in as it stands now, with the pair's row held. Raises Gone."""
    hold_pair(check_in.pair_id)
    found = CheckIn.objects.select_related("pair").filter(pk=check_in.pk).first()
    if found is None:
        raise Gone
    return found


def places_of(pair_id: UUID) -> list[Place]:
    """The open places of a pair with their members, in one order."""
    rows: Any = Place.objects.open().filter(pair=pair_id).select_related("member")
    return list(rows.order_by("pk"))
