"""Numbers for insights: people, never commitments or sentences. Whoever shows them goes through `core.suppression`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accountability.commitments.choices import NOT_YET
from accountability.commitments.models import Commitment, Progress, PublishedCopy
from accountability.commitments.texts import levels_of
from core.crypto import owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner

A_BATCH = 500


def people_by_level_and_state(cohort: Any) -> dict[tuple[str, str], int]:
    """How many people of a cohort have a commitment on this level in this state (`NOT_YET`: nothing was said of it).

    A person counts once in each place, however many commitments they have there. Opened in batches and kept nowhere; what
    does not open counts nowhere.
    """
    there = _standing(cohort)
    return dict(Counter((level, state) for _owner, level, state in there))


def those_by_level_and_state(cohort: Any) -> dict[tuple[str, str], Callable[[frozenset[Any]], int]]:
    """The same for some of its people: for each place where anybody stands, who answers how many of them do."""
    places: dict[tuple[str, str], set[Any]] = {}
    for owner, level, state in _standing(cohort):
        places.setdefault((level, state), set()).add(owner)
    return {place: _how_many_of(people) for place, people in places.items()}


def shown_on_levels(cohort: Any) -> dict[str, frozenset[UUID]]:
    """On each level, who of the cohort has a commitment there that others than a buddy or witness read."""
    people = cohort.memberships.current().values("member")
    copies = PublishedCopy.objects.filter(commitment__owner__in=people)
    found: dict[str, set[UUID]] = {}
    for owner, levels in copies.values_list("commitment__owner", "levels"):
        for level in levels:
            found.setdefault(level, set()).add(owner)
    return {level: frozenset(owners) for level, owners in found.items()}


def _how_many_of(people: set[Any]) -> Callable[[frozenset[Any]], int]:
    return lambda some: len(people & some)


def _standing(cohort: Any) -> set[tuple[UUID | None, str, str]]:
    """Who stands in which place."""
    return {
        (owner, level, state)
        for batch in _batches(cohort)
        for owner, levels, state in _opened(batch)
        for level in levels
    }


def _batches(cohort: Any) -> Iterator[list[Any]]:
    people = cohort.memberships.current().values("member")
    last = Progress.objects.filter(commitment=OuterRef("pk")).order_by("-at", "-id")
    rows = Commitment.objects.filter(owner__in=people).only("owner_id", "role_id", "levels")
    ordered = rows.annotate(last_progress=Subquery(last.values("pk")[:1])).order_by("pk")
    after: UUID | None = None
    while batch := list((ordered.filter(pk__gt=after) if after else ordered)[:A_BATCH]):
        after = batch[-1].pk
        yield batch


def _opened(batch: list[Any]) -> Iterator[tuple[UUID | None, tuple[str, ...], str]]:
    owners.get_ready(list({Owner(row.key_kind, row.key_ref) for row in batch}))
    wanted = [row.last_progress for row in batch if row.last_progress]
    said = {row.commitment_id: row for row in Progress.objects.filter(pk__in=wanted)}
    for row in batch:
        try:
            state = NOT_YET
            if row.pk in said:
                said[row.pk].commitment = row
                state = str(said[row.pk].state)
            yield row.owner_id, levels_of(str(row.levels)), state
        except CannotOpen:
            continue
