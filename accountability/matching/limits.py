"""Who must not be matched with whom. Every limit counts in both directions, and for all three of a trio.

A limit is found from the side of who set it: what they sealed is opened under their own key, and where it does not open,
the token that stands for the two is looked for among all others of the round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from accountability.matching.models import Earlier, Limit
from accountability.matching.people import BATCH, batched, get_ready
from accounts.reporting import all_above
from care.models import Stop
from care.tokens import token_of, tokens_of
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing

#: What tokens of limits and of earlier partners are made for; contact that was stopped has its own in `care`.
NOT_THIS_PERSON = "not-this-person"
EARLIER = "earlier-partners"

Pair = tuple[int, int]
Edge = tuple[int, int, int]


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
    rows = Limit.objects.filter(member__matching_answers__wanted=True)
    mine = (row for row in rows.iterator() if row.member_id in place)
    yield from _pairs(mine, place, whose="member_id", purpose=NOT_THIS_PERSON)


def _stops(place: Mapping[UUID, int]) -> Iterator[Pair]:
    rows = Stop.objects.filter(by__matching_answers__wanted=True)
    mine = (row for row in rows.iterator() if row.by_id in place)
    yield from _pairs(mine, place, whose="by_id", purpose="stop")


def _pairs(
    rows: Iterator[Any], place: Mapping[UUID, int], *, whose: str, purpose: str
) -> Iterator[Pair]:
    for some in batched(rows, BATCH):
        get_ready({getattr(row, whose) for row in some})
        for row in some:
            member = getattr(row, whose)
            other = _other(row, member, place, purpose)
            if other is not None and other in place:
                yield place[member], place[other]


def _other(row: Any, member: UUID, place: Mapping[UUID, int], purpose: str) -> UUID | None:
    """Whom the row is about: as it was sealed, or else whoever of the round its token fits."""
    try:
        return UUID(row.other)
    except (CannotOpen, KeyMissing, owners.KeyDestroyed, ValueError):
        could_not_open(row)
    fits = (
        other
        for other in place
        if other != member and token_of(member, other, purpose=purpose) == row.token
    )
    return next(fits, None)
