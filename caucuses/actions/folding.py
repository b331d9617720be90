"""Stopping contact inside a room, and ending that. Nothing is noted in the room's log, and nobody is told."""

from __future__ import annotations

from django.db import transaction

from caucuses.actions.holding import hold_caucus
from caucuses.folding import can_end_fold, can_fold_seat
from caucuses.models import Fold, Seat
from core.access import require


class HasLeft(Exception):
    """The other has left the room meanwhile: there is nobody left to keep away from."""


@transaction.atomic
def fold_seat(*, seat: Seat, other: Seat) -> Fold:
    """See the other's posts folded from now on. A second press changes nothing. Raises HasLeft."""
    hold_caucus(seat)
    still = Seat.objects.filter(pk=other.pk).first()
    if still is None:
        raise HasLeft
    require(can_fold_seat(seat, still))
    fold, _new = Fold.objects.get_or_create(seat=seat, other=still)
    return fold


@transaction.atomic
def unfold_seat(*, seat: Seat, fold: Fold) -> None:
    """See the other's posts as everybody does. A second press changes nothing."""
    require(can_end_fold(seat, fold))
    Fold.objects.filter(pk=fold.pk).delete()
