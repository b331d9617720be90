"""Whom a seat keeps away from inside one room. It is asked by the one who stopped alone: the other's pages never look here.

It has nothing to do with stops of `care`, which name members: those do nothing in a room, since they would tell whose seat it is.
"""

from __future__ import annotations

from django.db.models import QuerySet

from caucuses.models import Fold, Seat


def others_of(seat: Seat) -> QuerySet[Seat]:
    """Those in the same room with whom the seat can stop contact: everybody who has come in, but not itself."""
    return Seat.objects.filter(caucus=seat.caucus_id, since__isnull=False).exclude(pk=seat.pk)


def can_fold_seat(seat: Seat, other: Seat) -> bool:
    """Whether the seat can stop contact with the other. The other form of `others_of`."""
    return other.caucus_id == seat.caucus_id and other.since is not None and other.pk != seat.pk


def folds_visible_to(seat: Seat) -> QuerySet[Fold]:
    """Whom the seat itself keeps away from; never that somebody keeps away from it."""
    return Fold.objects.filter(seat=seat)


def can_end_fold(seat: Seat, fold: Fold) -> bool:
    """Whether it is the seat's own. The other form of `folds_visible_to`."""
    return fold.seat_id == seat.pk
