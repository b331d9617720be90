"""What is in a member's copy: for each holding that has something of theirs, its data and its private parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import register
from core.register import Holding, Part, Words


@dataclass(frozen=True)
class Room:
    """What one holding has of the member: `data` may pass through other hands, `parts` are for the member alone."""

    name: str
    title: Words
    labels: Mapping[str, Words]
    data: Any
    parts: Sequence[Part]


def rooms_of(member: Any, *, private: bool = True) -> list[Room]:
    """Every holding that has something to say of the member. Without `private` nothing of class S is read at all."""
    rooms = [_room(holding, member, private=private) for holding in register.holdings()]
    return [room for room in rooms if has_something(room.data) or room.parts]


def _room(holding: Holding, member: Any, *, private: bool) -> Room:
    parts = tuple(holding.private_export(member)) if private else ()
    return Room(
        holding.name,
        holding.title or holding.name,
        holding.labels,
        holding.export(member),
        tuple(part for part in parts if _has_rows(part)),
    )


def has_something(value: Any) -> bool:
    """Whether there is anything in it but empty lists and words: no, a number and a moment count."""
    if isinstance(value, Mapping):
        return any(has_something(one) for one in value.values())
    if _is_list(value):
        return any(has_something(one) for one in value)
    return value is not None and value != ""


def _has_rows(part: Part) -> bool:
    return next(iter(part.rows()), None) is not None


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes)


def flat_lists_in(room: Room) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """The lists of its data that make a table: rows without a row inside."""
    data = room.data
    named = data.items() if isinstance(data, Mapping) else [("", data)]
    for name, rows in named:
        if _is_list(rows) and not isinstance(rows, Mapping):
            found = list(rows)
            if found and all(_is_flat(row) for row in found):
                yield name, found


def _is_flat(row: Any) -> bool:
    return isinstance(row, Mapping) and not any(_is_list(value) for value in row.values())
