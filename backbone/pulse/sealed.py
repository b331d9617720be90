"""What lies sealed: lines in the box, names of nobody in ballots, and the list of who was asked."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from backbone.pulse.models import Answered, Ballot, Box, Pulse

_chance = secrets.SystemRandom()


def waiting_in(box: Box) -> list[str]:
    """The ballots that wait. Raises CannotOpen or KeyMissing."""
    return box.waiting.split()


def put(box: Box, ballots: Iterable[str]) -> None:
    """Write the box as a whole, in an order of chance."""
    box.waiting = "\n".join(_shuffled(ballots))
    box.save(update_fields=["waiting"])


def move_batch(box: Box, *, staying: int) -> int:
    """Take all but so many ballots, by chance, out of the box and into the table; returns how many."""
    lines = _shuffled(waiting_in(box))
    batch, rest = lines[staying:], lines[:staying]
    Ballot.objects.bulk_create(Ballot(pulse_id=box.pulse_id, answers=line) for line in batch)
    put(box, rest)
    return len(batch)


def all_ballots(pulse: Pulse) -> list[str]:
    """Every ballot of a pulse, those that wait too. Raises CannotOpen or KeyMissing."""
    return [str(row.answers) for row in pulse.ballots.all()] + waiting_in(pulse.box)


def people_in(answered: Answered) -> dict[str, int]:
    """Who was asked, and whether they have answered: 1 or 0. Raises CannotOpen or KeyMissing."""
    found: dict[str, int] = json.loads(answered.people)
    return found


def write_people(answered: Answered, people: dict[str, int]) -> None:
    """Write the list as a whole, in the order of ids; its size is the same whoever has answered."""
    answered.people = json.dumps(people, sort_keys=True)
    answered.save(update_fields=["people"])


def _shuffled(ballots: Iterable[str]) -> list[str]:
    """In an order that follows from what they say and from chance alone: sorted first, so that no earlier order is left."""
    lines = sorted(ballots)
    _chance.shuffle(lines)
    return lines


def named(member_id: Any) -> str:
    """What stands for a member in the list."""
    return UUID(str(member_id)).hex
