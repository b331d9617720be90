"""Stand-ins for one person, or for two in either order: whoever has the tables alone cannot tell who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from uuid import UUID

from core.audit import pseudonym, pseudonyms

#: The two sides of a report: the same person has another token on each.
WRITER, HANDLER = "report.writer", "report.handler"


def token_for(member: UUID, *, purpose: str) -> str:
    """32 hexadecimal digits for this person and this purpose."""
    return pseudonym(f"{purpose}|{member}")


def token_of(one: UUID, other: UUID, *, purpose: str = "stop") -> str:
    """32 hexadecimal digits for these two and this purpose, the same whoever is named first."""
    first, second = sorted((str(one), str(other)))
    return pseudonym(f"{purpose}|{first}|{second}")


def tokens_among(members: Iterable[UUID], *, purpose: str = "stop") -> dict[str, frozenset[UUID]]:
    """The token of every two of these members, with the two."""
    return {
        token_of(one, other, purpose=purpose): frozenset((one, other))
        for one, other in combinations(sorted(set(members)), 2)
    }


def tokens_of(
    people: Sequence[UUID], pairs: Iterable[tuple[int, int]], *, purpose: str
) -> Iterator[str]:
    """The token of each pair of places among these people, in order: for tens of thousands of pairs at once."""
    names = [str(person) for person in people]
    two = ((names[one], names[other]) for one, other in pairs)
    return pseudonyms(f"{purpose}|{min(pair)}|{max(pair)}" for pair in two)
