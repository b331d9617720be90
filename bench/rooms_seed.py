"""What the rows about pairs, check-ins and commitments need: few of each, then a hundred times as many. By `bench.rooms`.

Usage: python -m bench.rooms_seed small | large | queries     prints JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accountability.buddies.models import Pair

BATCH = 500
PATHS = ("/today/", "/buddy/", "/commitments/")


@dataclass(frozen=True)
class Size:
    """How many there are of each in all, and how many of these are Dev's own or his pair's."""

    pairs: int
    checkins: int
    devs_checkins: int
    commitments: int
    devs_commitments: int


SMALL = Size(pairs=100, checkins=1_000, devs_checkins=10, commitments=100, devs_commitments=5)
LARGE = Size(pairs=10_000, checkins=100_000, devs_checkins=1_000, commitments=10_000, devs_commitments=500)  # fmt: skip


def grow(size: Size) -> None:
    """Bring the database to this size; says how many rows there are of each."""
    made = pairs(size.pairs)
    found = {
        "pairs": len(made),
        "checkins": checkins(made, size.checkins, devs=size.devs_checkins),
        "commitments": commitments(made, size.commitments, devs=size.devs_commitments),
    }
    json.dump(found, sys.stdout)


def pairs(number: int) -> list[Pair]:
    """So many open pairs in all, that of Dev and Elu first; the others of members who are made for it."""
    from accountability.buddies.actions import form_pair
    from accountability.buddies.choices import CameAbout
    from accountability.buddies.models import Pair
    from accountability.buddies.permissions import pairs_writable_by
    from accounts.models import User

    dev, elu = (User.objects.get(email=f"{name}@riverton.example") for name in ("dev", "elu"))
    first = pairs_writable_by(dev).first() or form_pair(members=[dev, elu], came_about=CameAbout.ASKED)  # fmt: skip
    there = Pair.objects.open().count()
    for done in range(there, number, BATCH):
        _pairs(done, min(BATCH, number - done))
    return [first, *Pair.objects.open().exclude(pk=first.pk)]


def _pairs(begin: int, number: int) -> None:
    from django.db import transaction

    from accountability.buddies.choices import CameAbout
    from accountability.buddies.models import Pair, Place
    from accounts.models import User
    from core.crypto import owners
    from core.crypto.owners import Owner
    from core.models import OwnerKind

    people = [
        User(email=f"pair{begin + at}-{side}@example.org", chosen_name=f"Member {begin + at}")
        for at in range(number)
        for side in range(2)
    ]
    made = [Pair(came_about=CameAbout.MATCHED) for _ in range(number)]
    owners.get_ready([Owner(OwnerKind.PAIR, pair.pk) for pair in made])  # the keys first
    with transaction.atomic():
        User.objects.bulk_create(people)
        Pair.objects.bulk_create(made)
        Place.objects.bulk_create(
            Place(pair=pair, member=member)
            for at, pair in enumerate(made)
            for member in people[2 * at : 2 * at + 2]
        )


def checkins(pairs: Sequence[Pair], number: int, *, devs: int) -> int:
    """So many check-ins in all, one a week back from today, each with the parts that both wrote; gives how many there are.

    `devs` of them are of the first pair, Dev's, whose next one is planned as well; the rest is spread over the other pairs.
    What is there already stays. The texts are 600 bytes each, sealed under the pair's key (`owners.get_ready` before a batch).
    """
    return 0  # their models come with the room


def commitments(pairs: Sequence[Pair], number: int, *, devs: int) -> int:
    """So many commitments in all, of which both of a pair may see half; gives how many there are.

    `devs` of them are Dev's own, and as many Elu's, which he may see; the rest belongs to the members of the other pairs.
    Each has wording, first step, a review date, and two states of progress; one in ten is public. What is there stays.
    """
    return 0  # their models come with the room


def queries() -> None:
    """How many questions to the database each page costs Dev, once everything that is kept is there."""
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email="dev@riverton.example"))
    found: dict[str, Any] = {}
    for path in PATHS:
        for _warming in range(2):
            client.get(path)
        with (
            CaptureQueriesContext(connections["default"]) as asked,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            answer = client.get(path)
        found[path] = {"status": answer.status_code, "queries": len(asked) + len(keys)}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    import django

    django.setup()
    what = {"small": lambda: grow(SMALL), "large": lambda: grow(LARGE), "queries": queries}
    what[sys.argv[1]]()
