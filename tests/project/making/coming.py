"""What the table of addresses names of coming into a caucus."""

from __future__ import annotations

from typing import Any

from caucuses.models import Seat
from tests.caucuses.comings import a_door, asks, removed
from tests.caucuses.story import a_room, own_room


def made(cast: dict[str, Any]) -> dict[str, str]:
    """A room that Dev opened, with Elu in it."""
    seat = own_room(cast["dev"], cast["elu"])
    return coming(cast, seat)


# Coming in: who asks there, the door of another room, and what was left for Dev in a third.


def coming(cast: dict[str, Any], seat: Seat) -> dict[str, str]:
    """A request to Dev's room, Dev's own request, a door that is listed, and a removal of Dev."""
    door = a_door(cast["fay"], joining="request", name="The bench")[0]
    third = a_room(cast["rui"], name="The far room")[0]
    return {
        "join_request": str(asks(seat, cast["hana"]).pk),
        "own_join_request": str(asks(door, cast["dev"]).pk),
        "caucus_door": str(door.caucus_id),
        "parting": str(removed(third, cast["dev"], texts=["A thought."], posts=[]).pk),
    }
