"""What the rows about pairs, check-ins and commitments need: few of each, then a hundred times as many. By `bench.rooms`.

Usage: python -m bench.rooms_seed small | large | queries     prints JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bench.asked import client_of, seen

if TYPE_CHECKING:
    from accountability.buddies.models import Pair

BATCH = 500
EACH = 10  # check-ins of each other pair
LAST = 10_000  # the number of the newest past check-in of each pair
SAID = "The council met and wrote down who could cross the bridge and who could not. " * 8
PATHS = ("/today/", "/buddy/", "/commitments/")


@dataclass(frozen=True)
class Size:
    """How many there are of each in all, and how many of these are Dev's own or his pair's."""

    pairs: int
    checkins: int
    devs_checkins: int
    commitments: int
    devs_commitments: int


#: Dev's own fill a page of his list, and with those of Elu the card beside the pair: with more data a page shows no more.
SMALL = Size(pairs=100, checkins=1_000, devs_checkins=10, commitments=100, devs_commitments=20)
LARGE = Size(pairs=10_000, checkins=100_000, devs_checkins=1_000, commitments=10_000, devs_commitments=2_000)  # fmt: skip


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
    """So many settled check-ins in all, one a week back from today, each with what both wrote: 600 bytes each, sealed under
    the pair's key; gives how many there are.

    `devs` of them are of the first pair, Dev's, which has an agreement and whose next one is planned as well; the rest is
    spread over the other pairs. What is there already stays.
    """
    from django.db.models import Count

    from accountability.checkins.models import CheckIn

    settled = CheckIn.objects.settled()
    first, *others = pairs
    _agreed(first)
    there = settled.filter(pair=first).count()
    made = list(_past(first, there, devs - there))
    counts = dict(settled.values_list("pair").annotate(Count("pk")).order_by())
    empty = [pair for pair in others if pair.pk not in counts]
    missing = number - settled.count() - len(made)
    for at, pair in enumerate(empty):
        made += _past(pair, 0, min(EACH, missing - at * EACH))
    for begin in range(0, len(made), BATCH):
        _written(made[begin : begin + BATCH])
    return settled.count()


def _agreed(pair: Pair) -> None:
    """An agreement in force, by which the next check-in is in a few hours or days, numbered above all past ones."""
    from datetime import time

    from accountability.buddies.actions import Terms, confirm_agreement, propose_agreement
    from accountability.checkins.models import CheckIn
    from accounts.models import User

    if pair.agreements.exists():
        return
    dev, elu = (User.objects.get(email=f"{name}@riverton.example") for name in ("dev", "elu"))
    first_on = timezone.localdate() + timedelta(days=2)
    terms = Terms("weekly", time(12), "America/Chicago", first_on, *(SAID[:200] for _ in range(5)))
    text = propose_agreement(pair=pair, terms=terms, seen=None, by=dev)
    confirm_agreement(pair=pair, agreement_id=text.pk, by=elu)
    CheckIn.objects.coming().filter(pair=pair).update(number=LAST + 1)


def _past(pair: Pair, there: int, number: int) -> Iterator[Any]:
    """So many settled check-ins of a pair before those that are there, a week apart."""
    from accountability.checkins.models import CheckIn

    for at in range(there, there + max(number, 0)):
        due = timezone.now() - timedelta(weeks=at + 1)
        yield CheckIn(
            pair=pair, number=LAST - at, planned_on=due.date(), due_at=due, made_at=due - timedelta(weeks=1),
            told_at=due, settled_at=due, revealed_at=due, looked_at=due,
        )  # fmt: skip


def _written(made: Sequence[Any]) -> None:
    """Save these check-ins with a part of each of the two."""
    from django.db import transaction

    from accountability.buddies.models import Place
    from accountability.checkins.models import CheckIn, Part
    from core.crypto import owners
    from core.crypto.owners import Owner
    from core.models import OwnerKind

    who: dict[Any, list[Any]] = {}
    for pair, member in Place.objects.open().filter(pair__in={row.pair_id for row in made}).values_list("pair", "member"):  # fmt: skip
        who.setdefault(pair, []).append(member)
    owners.get_ready([Owner(OwnerKind.PAIR, pair) for pair in who])
    quarter = SAID[:150]
    with transaction.atomic():
        CheckIn.objects.bulk_create(made)
        Part.objects.bulk_create(
            Part(
                check_in=row, pair_id=row.pair_id, member_id=member, shared_at=row.due_at, changed_at=row.due_at,
                did=quarter, avoided=quarter, need=quarter, ahead=quarter,
            )
            for row in made
            for member in who[row.pair_id]
        )  # fmt: skip


def commitments(pairs: Sequence[Pair], number: int, *, devs: int) -> int:
    """So many commitments in all, of which both of a pair may see half; gives how many there are.

    `devs` of them are Dev's own, and as many Elu's, which he may see; the rest belongs to the members of the other pairs.
    Each has wording, first step, a review date, and two states of progress; one in ten is public. What is there stays.
    """
    from accountability.buddies.models import Place
    from accountability.commitments.models import Commitment

    places = dict(Place.objects.open().values_list("member", "pair"))
    ours = [member for member, pair in places.items() if pair == pairs[0].pk]
    others = [member for member, pair in places.items() if pair != pairs[0].pk]
    there = Commitment.objects.filter(owner__in=ours).count()
    owners = [ours[at % 2] for at in range(2 * devs - there)]
    missing = number - Commitment.objects.count() - len(owners)
    owners += [others[at % len(others)] for at in range(missing)]
    for begin in range(0, len(owners), BATCH):
        _promised(owners[begin : begin + BATCH], begin)
    return Commitment.objects.count()


def _promised(whose: Sequence[Any], begin: int) -> None:
    """Save a commitment of each of these, with how it went, and a copy of one in ten."""
    from django.db import transaction

    from accountability.commitments.choices import Circle, Kind
    from accountability.commitments.models import Commitment, Progress, PublishedCopy
    from core.crypto import owners
    from core.crypto.owners import Owner
    from core.models import OwnerKind

    owners.get_ready([Owner(OwnerKind.MEMBER, member) for member in set(whose)])
    now, promise = timezone.now(), SAID[:150]
    circles = [Circle.PUBLIC, *(Circle.BUDDY,) * 4, *(Circle.ME,) * 5]
    made = [
        Commitment(
            owner_id=member, kind=Kind.COMMITMENT, circle=circles[at % 10], review_on=now.date() + timedelta(days=at % 90),
            written_at=now - timedelta(hours=at), will=promise, first_step=promise, know=promise, by="May",
            levels=json.dumps(["structural"]),
        )
        for at, member in enumerate(whose, start=begin)
    ]  # fmt: skip
    said = [
        Progress(commitment=row, by_id=row.owner_id, at=now - timedelta(hours=hours), sentence=promise, state=state)
        for row in made
        for hours, state in ((2, "stuck"), (1, "moving"))
    ]  # fmt: skip
    copies = [
        PublishedCopy(commitment=row, kind=row.kind, circle=row.circle, name="Member", will=promise, folded=promise.lower())
        for row in made
        if row.circle == Circle.PUBLIC
    ]  # fmt: skip
    with transaction.atomic():
        Commitment.objects.bulk_create(made)
        Progress.objects.bulk_create(said)
        PublishedCopy.objects.bulk_create(copies)


def queries() -> None:
    """How many questions to the database each page costs Dev, once everything that is kept is there."""
    client = client_of("dev@riverton.example")
    json.dump({path: seen(client, path) for path in PATHS}, sys.stdout)


if __name__ == "__main__":
    import django

    django.setup()
    what = {"small": lambda: grow(SMALL), "large": lambda: grow(LARGE), "queries": queries}
    what[sys.argv[1]]()
