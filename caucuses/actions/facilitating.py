"""Who facilitates: asked by a facilitator and willing, or by oneself where nobody does; and stepping back at any time."""

from __future__ import annotations

from django.db import transaction

from caucuses.actions.holding import hold_caucus
from caucuses.actions.removing import GoneAlready
from caucuses.choices import Happening
from caucuses.models import Event, Seat
from caucuses.names import clean_name
from caucuses.permissions import can_ask_seat, has_facilitator
from core.access import require


class SomebodyDoes(Exception):
    """Somebody facilitates already."""


class NotAsked(Exception):
    """The question was taken back, or answered before."""


@transaction.atomic
def ask_to_facilitate(*, seat: Seat, other: Seat, ask: bool = True) -> None:
    """Ask somebody to facilitate, too, or take the question back. Raises GoneAlready."""
    now = hold_caucus(seat)
    target = Seat.objects.filter(pk=other.pk, caucus=now.caucus).first()
    if target is None:
        raise GoneAlready
    if target.is_facilitator:  # they have said yes, or taken the role, meanwhile
        return
    target.caucus = now.caucus
    require(can_ask_seat(now, target))
    Seat.objects.filter(pk=target.pk).update(is_asked=ask)


@transaction.atomic
def answer_asked(*, seat: Seat, accept: bool) -> None:
    """Say yes or no to facilitating. Raises NotAsked when nobody asks any more."""
    now = hold_caucus(seat)
    if not now.is_asked:
        if accept and now.is_facilitator:
            return
        raise NotAsked
    if accept:
        _begin(now)
    else:
        Seat.objects.filter(pk=now.pk).update(is_asked=False)


@transaction.atomic
def begin_to_facilitate(*, seat: Seat) -> None:
    """Take the role where nobody has it: any member may. Raises SomebodyDoes."""
    now = hold_caucus(seat)
    if now.is_facilitator:
        return
    if has_facilitator(now.caucus):
        raise SomebodyDoes
    _begin(now)


@transaction.atomic
def step_back(*, seat: Seat) -> None:
    """Stop to facilitate and stay a member; the last one may, too."""
    now = hold_caucus(seat)
    if not now.is_facilitator:
        return
    Seat.objects.filter(pk=now.pk).update(is_facilitator=False, is_named_at_door=False)
    Event.objects.create(caucus=now.caucus, what=Happening.STEPPED_BACK, seat=now)


@transaction.atomic
def rename_seat(*, seat: Seat, typed: str) -> None:
    """Go by another name in the room. Raises ValueError with a sentence when it cannot be one, or somebody goes by it."""
    now = hold_caucus(seat)
    now.name = clean_name(now, typed, but=now)
    now.save(update_fields=["name"])


@transaction.atomic
def name_at_door(*, seat: Seat, named: bool) -> None:
    """Say whether the door of a listed room names one as a facilitator."""
    now = hold_caucus(seat)
    require(now.is_facilitator or not named)
    Seat.objects.filter(pk=now.pk).update(is_named_at_door=named)


def _begin(now: Seat) -> None:
    Seat.objects.filter(pk=now.pk).update(is_facilitator=True, is_asked=False)
    Event.objects.create(caucus=now.caucus, what=Happening.FACILITATES, seat=now)
