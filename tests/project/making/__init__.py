"""One file for each room: one of everything that its addresses can name, made for Dev."""

from __future__ import annotations

from typing import Any

from tests.project.making import (
    belonging,
    buddies,
    care,
    checkins,
    commitments,
    letter,
    matching,
    reporting,
    sharing,
)

ROOMS = (buddies, checkins, matching, sharing, commitments, letter, care, reporting, belonging)


def made_in_the_rooms(cast: dict[str, Any]) -> dict[str, str]:
    """Everything by the name that the table uses."""
    return {name: value for room in ROOMS for name, value in room.made(cast).items()}
