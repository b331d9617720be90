"""What the table of addresses names of caucuses."""

from __future__ import annotations

from typing import Any

from tests.caucuses.story import own_room


def made(cast: dict[str, Any]) -> dict[str, str]:
    """A room that Dev opened, with Elu in it."""
    seat = own_room(cast["dev"], cast["elu"])
    return {"caucus": str(seat.caucus_id)}
