"""What the table of addresses names of caucuses."""

from __future__ import annotations

from typing import Any

from caucuses.models import Proposal, Seat
from tests.caucuses.changing import propose
from tests.caucuses.story import own_room


def made(cast: dict[str, Any]) -> dict[str, str]:
    """A room that Dev opened, with Elu in it."""
    seat = own_room(cast["dev"], cast["elu"])
    return {"caucus": str(seat.caucus_id), **_agreeing(seat)}


# What the room agrees on, and who is in it.


def _agreeing(seat: Seat) -> dict[str, str]:
    """A proposal of Dev's that is open, and Elu's seat."""
    known = Proposal.objects.filter(caucus=seat.caucus, state="open").first()
    proposal = known or propose(seat, "We begin with a minute of silence.")
    other = seat.caucus.seats.exclude(pk=seat.pk).get()
    return {"proposal_of_room": str(proposal.pk), "seat_of_room": str(other.pk)}
