"""Who is kept away from whom. The answer is the same in both directions, and nobody is told that there is one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from care.models import Stop
from care.tokens import token_of, tokens_among


def is_stopped_between(one: UUID, other: UUID) -> bool:
    """Whether either of the two stopped contact with the other."""
    return Stop.objects.filter(token=token_of(one, other)).exists()


def kept_away_from(member: Any, others: Collection[UUID]) -> set[UUID]:
    """Those of the others with whom contact is stopped, by either side. One query."""
    tokens = {token_of(member.pk, other): other for other in others if other != member.pk}
    found = Stop.objects.filter(token__in=tokens).values_list("token", flat=True)
    return {tokens[token] for token in found}


def any_stopped_among(members: Collection[Any]) -> bool:
    """Whether contact is stopped between any two of these few members. One query."""
    return Stop.objects.filter(token__in=tokens_among(member.pk for member in members)).exists()
