"""Publications as the database keeps them, and back. People stand once in a list; measures name their places in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.suppression import Behind, Number, Published, Shown, Why

Kept = dict[str, Any]


class Roll:
    """The list of people, in which each has a place."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self.ids = list(ids)
        self._places = {one: place for place, one in enumerate(self.ids)}

    def places(self, people: Iterable[Any]) -> list[int]:
        """Their places; who is new gets one."""
        for one in sorted(map(str, people)):
            if one not in self._places:
                self._places[one] = len(self.ids)
                self.ids.append(one)
        return sorted(self._places[str(one)] for one in people)

    def people(self, places: Iterable[int]) -> frozenset[UUID]:
        """Who has these places."""
        return frozenset(UUID(self.ids[place]) for place in places)


def packed(published: Mapping[str, Published]) -> tuple[dict[str, Kept], list[str]]:
    """What is kept of all measures, and the list of people. Whom a measure names is kept apart (`naming`)."""
    roll = Roll()
    kept = {key: _packed(one, roll) for key, one in published.items()}
    return kept, roll.ids


def unpacked(kept: Mapping[str, Kept], ids: Iterable[str]) -> dict[str, Published]:
    """The publications, as the next week needs them."""
    roll = Roll(ids)
    return {key: _unpacked(one, roll) for key, one in kept.items()}


def shown_in(kept: Kept) -> Shown:
    """What a measure shows, without whom it counts."""
    number, why = kept["number"], kept["why"]
    return Why(why) if why else _number(number)


def public_part(kept: Mapping[str, Kept]) -> dict[str, Kept]:
    """What of it everybody reads: no people, and no number that is held back while the cohort is small."""
    return {
        key: {"on": one["on"], "why": one["why"], "number": None if one["why"] else one["number"]}
        for key, one in kept.items()
    }


def is_behind(kept: Kept, ids: list[str], one: UUID) -> bool:
    """Whether a measure that lasts counts this person, and so never names them."""
    return str(one) in ids and ids.index(str(one)) in (kept["panel"] or ())


def _packed(one: Published, roll: Roll) -> Kept:
    behind = one.behind
    number = behind.number
    return {
        "on": one.on.isoformat(),
        "why": one.shown.value if isinstance(one.shown, Why) else "",
        "number": [number.count, number.of, number.on.isoformat()] if number else None,
        "counted": roll.places(behind.counted),
        "panel": None if behind.panel is None else roll.places(behind.panel),
        "known": roll.places(behind.known),
    }


def _unpacked(kept: Kept, roll: Roll) -> Published:
    behind = Behind(
        _number(kept["number"]) if kept["number"] else None,
        roll.people(kept["counted"]),
        None if kept["panel"] is None else roll.people(kept["panel"]),
        roll.people(kept["known"]),
    )
    return Published(date.fromisoformat(kept["on"]), shown_in(kept), behind=behind)


def _number(kept: list[Any]) -> Number:
    count, of, on = kept
    return Number(count, of, date.fromisoformat(on))
