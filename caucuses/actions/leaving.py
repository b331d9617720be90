"""Leaving a caucus: the seat goes, with everything that named it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from caucuses.actions.holding import hold_caucus
from caucuses.models import Caucus, Seat
from caucuses.permissions import seats_of
from caucuses.tokens import outside_stand_in
from core import doors
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.idempotency import forget_results
from core.models import OwnerKind


@transaction.atomic
def leave_caucus(*, seat: Seat, with_posts: bool) -> None:
    """Leave. What was said stays as by a former member, or goes (`with_posts`): that is the leaver's own choice.

    The rooms end what hangs on the seat in this very transaction (door `seat_left`). With the last seat the caucus goes, and
    its key, which makes everything that was said there unreadable.
    """
    now = hold_caucus(seat)
    doors.ask("seat_left", seat=now, with_posts=with_posts)
    _forget_forms(now)
    Seat.objects.filter(pk=now.pk).delete()
    if not Seat.objects.filter(caucus=now.caucus_id).exists():
        end_caucus(now.caucus)


def _forget_forms(seat: Seat) -> None:
    """What is kept for a day of the forms that were sent here, and of those that led here, goes at once."""
    forget_results(seat.pk)
    try:
        forget_results(outside_stand_in(UUID(str(seat.who))))
    except CannotOpen:
        alerts.could_not_open(seat)  # whose seat it was, nobody can tell any more


def end_caucus(caucus: Caucus) -> None:
    """Destroy the key, and with it every word; then the rows go."""
    owners.destroy(Owner(OwnerKind.CAUCUS, caucus.pk))
    Caucus.objects.filter(pk=caucus.pk).delete()


def leave_all(*, member: Any) -> None:
    """Leave every caucus with every post, as an account that is closed does. May be run again."""
    for seat in seats_of(member):
        leave_caucus(seat=seat, with_posts=True)
