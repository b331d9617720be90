"""One file for each room: one of everything that its addresses can name, made for Dev."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.project.making import (
    belonging,
    bringback,
    buddies,
    care,
    caucuses,
    checkins,
    cohort_desk,
    coming,
    commitments,
    concerns,
    gatherings,
    inviting,
    leaving,
    letter,
    matching,
    meetings,
    people,
    pulse,
    reporting,
    sharing,
    threads,
    weeks,
)

ROOMS: tuple[Any, ...] = (
    buddies,
    checkins,
    matching,
    sharing,
    commitments,
    cohort_desk,
    letter,
    care,
    reporting,
    belonging,
    people,
    inviting,
    gatherings,
    pulse,
    leaving,
    weeks,
    caucuses,
    coming,
    threads,
    meetings,
    bringback,
    concerns,
)

#: Those of caucuses: everything of them stands in the room that Dev opened.
CAUCUSES: tuple[Any, ...] = (caucuses, coming, threads, meetings, bringback, concerns)


def made_in_the_rooms(cast: dict[str, Any]) -> dict[str, str]:
    """Everything by the name that the table uses."""
    return made_in(cast, ROOMS)


def made_in(cast: dict[str, Any], rooms: Iterable[Any]) -> dict[str, str]:
    """The same, of these rooms alone."""
    return {name: value for room in rooms for name, value in room.made(cast).items()}
