"""Who must not be matched with whom. Every limit counts in both directions, and for all three of a trio.

A limit is found from the side of who set it: what they sealed is opened under their own key, and where it does not open,
the token that stands for the two is looked for among all others of the round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings

from accountability.matching.models import Earlier, Limit
from accountability.matching.people import BATCH, batched, get_ready
from accountability.matching.whom import folded, whom_from
from accounts.models import User
from accounts.reporting import all_above
from care.models import Stop
from care.tokens import token_for, token_of, tokens_of
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing

#: What tokens of limits and of earlier partners are made for; contact that was stopped has its own in `care`.
NOT_THIS_PERSON = "not-this-person"
NOT_THIS_NAME = "not-this-name"
EARLIER = "earlier-partners"

Pair = tuple[int, int]
Edge = tuple[int, int, int]
#: What reading a sealed value raises when it is damaged, was moved, or its key does not open or is gone.
SHUT = (CannotOpen, KeyMissing, owners.KeyDestroyed)


def name_token(member: UUID, name: str) -> str:
    """What stands for a member and a name that they wrote, however they write it."""
    return token_for(member, purpose=f"{NOT_THIS_NAME}|{folded(name)}")


def kept_apart(ids: Sequence[UUID]) -> set[Pair]:
    """The pairs of these people, by their places, whom a line of reporting, "not this person" or stopped contact keeps apart."""
    place = {member: at for at, member in enumerate(ids)}
    return {
        (min(pair), max(pair))
        for found in (_lines(place), _limits(place), _stops(place))
        for pair in found
    }


def earlier_tokens(cohort: Any, number: int) -> frozenset[str]:
    """The tokens of those who were partners so few rounds ago that the round of this number does not match them again."""
    least = number - settings.MATCHING_EARLIER_ROUNDS
    rows = Earlier.objects.filter(cohort=cohort, number__gte=least)
    return frozenset(rows.values_list("token", flat=True))


def without_earlier(
    edges: Sequence[Edge], ids: Sequence[UUID], tokens: frozenset[str]
) -> list[Edge]:
    """The edges that join no earlier partners. Only of those few that may be pairs at all are tokens made."""
    if not tokens:
        return list(edges)
    made = tokens_of(ids, ((one, other) for one, other, _weight in edges), purpose=EARLIER)
    return [edge for edge, token in zip(edges, made, strict=True) if token not in tokens]


def _lines(place: Mapping[UUID, int]) -> Iterator[Pair]:
    for member, bosses in all_above().items():
        if member in place:
            yield from ((place[member], place[boss]) for boss in bosses if boss in place)


def _limits(place: Mapping[UUID, int]) -> Iterator[Pair]:
    names = _Names()
    rows = Limit.objects.filter(member__matching_answers__wanted=True)
    for row in _ready(rows, place, whose="member_id"):
        for other in _meant(row, place, names):
            if other in place and other != row.member_id:
                yield place[row.member_id], place[other]


def _stops(place: Mapping[UUID, int]) -> Iterator[Pair]:
    rows = Stop.objects.filter(by__matching_answers__wanted=True)
    for row in _ready(rows, place, whose="by_id"):
        for other in _stopped(row, place):
            if other in place:
                yield place[row.by_id], place[other]


def _ready(rows: Any, place: Mapping[UUID, int], *, whose: str) -> Iterator[Any]:
    """The rows that members of the round made, a thousand keys opened at a time."""
    mine = (row for row in rows.iterator() if getattr(row, whose) in place)
    for some in batched(mine, BATCH):
        get_ready({getattr(row, whose) for row in some})
        yield from some


def _stopped(row: Stop, place: Mapping[UUID, int]) -> Iterable[UUID]:
    """With whom contact is stopped: as it was sealed, or else whoever of the round the token fits."""
    try:
        return [UUID(row.other)]
    except (*SHUT, ValueError):
        could_not_open(row)
    return _fitting(row.by_id, row.token, place, "stop")


def _meant(row: Limit, place: Mapping[UUID, int], names: _Names) -> Iterable[UUID]:
    """Whom "not this person" is about: as it was sealed, by id and by name, or else whoever of the round its token fits."""
    try:
        whom = whom_from(row.other)
    except (*SHUT, ValueError):
        could_not_open(row)
        return [
            *_fitting(row.member_id, row.token, place, NOT_THIS_PERSON),
            *names.fitting(row.member_id, row.token),
        ]
    return [*whom.members, *(names.of(whom.name) if whom.name else ())]


def _fitting(member: UUID, token: str, place: Mapping[UUID, int], purpose: str) -> Iterator[UUID]:
    others = (other for other in place if other != member)
    return (other for other in others if token_of(member, other, purpose=purpose) == token)


class _Names:
    """Who of the round goes by which full name. Asked for when the first name is looked for: one query."""

    @cached_property
    def known(self) -> dict[str, list[UUID]]:
        """The ids of each folded name."""
        found: dict[str, list[UUID]] = {}
        rows = User.objects.filter(matching_answers__wanted=True).exclude(chosen_name="")
        for member, name in rows.values_list("pk", "chosen_name").iterator():
            found.setdefault(folded(name), []).append(member)
        return found

    def of(self, name: str) -> Sequence[UUID]:
        """Everybody of this name."""
        return self.known.get(folded(name), ())

    def fitting(self, member: UUID, token: str) -> Iterator[UUID]:
        """Everybody of the name that this token of the member stands for."""
        for name, members in self.known.items():
            if name_token(member, name) == token:
                yield from members
