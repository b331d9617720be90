"""A facilitator removes somebody, with a reason that this person reads. What they were writing is kept for them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from caucuses.actions.holding import hold_caucus
from caucuses.actions.leaving import take_seat_away
from caucuses.actions.parting import leave_for
from caucuses.actions.proposing import drop_objected
from caucuses.choices import Happening
from caucuses.models import Event, Parting, Seat
from caucuses.permissions import can_remove_seat
from core import doors
from core.access import require


class GoneAlready(Exception):
    """The person is not in the room any more."""


@transaction.atomic
def remove_seat(*, seat: Seat, other: Seat, reason: str) -> Parting:
    """Remove somebody. Their posts stay as by a former member; they themselves decide about them afterwards.

    A removal brings nothing forward: what they object to is dropped, and what is open waits for its day.

    Who facilitates cannot be removed by another facilitator, and nobody removes themselves. Raises GoneAlready.
    """
    now = hold_caucus(seat)
    target = Seat.objects.filter(pk=other.pk, caucus=now.caucus).first()
    if target is None:
        raise GoneAlready
    target.caucus = now.caucus
    require(can_remove_seat(now, target))
    parts = _parts(target)
    drop_objected(target)
    doors.ask("seat_left", seat=target, with_posts=False, removed=True)
    parting = leave_for(target, reason=reason, texts=parts["texts"], post_ids=parts["posts"])
    take_seat_away(target)
    Event.objects.create(caucus=now.caucus, what=Happening.REMOVED, seat=now)
    return parting


def _parts(seat: Seat) -> dict[str, list[Any]]:
    """What the seat was writing (title and text each), and the ids of its posts, as the rooms tell it."""
    found: dict[str, list[Any]] = {"texts": [], "posts": []}
    for answer in doors.ask("seat_parts", seat=seat):
        found["texts"] += answer["texts"]
        found["posts"] += [str(pk) for pk in answer["posts"]]
    return found
