"""What a round finds: people, limits, candidates, the solver. It writes nothing: a preview is this, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from accountability.matching.candidates import KEPT, candidates
from accountability.matching.choices import LEAST_LIMITS_SPOKEN_OF
from accountability.matching.limits import earlier_tokens, kept_apart, without_earlier
from accountability.matching.models import Round
from accountability.matching.people import People, people_of, waiting_in
from accountability.matching.scoring import Person
from accountability.matching.solving import Way, shuffled, solve
from core.audit import pseudonym


@dataclass(frozen=True)
class Plan:
    """Everybody of the round is in exactly one of `groups` (two or three people) and `left`."""

    groups: tuple[tuple[UUID, ...], ...]
    left: tuple[UUID, ...]
    people: dict[UUID, Person]
    way: Way
    some_limits: bool
    monday: date


def next_number(cohort: Any) -> int:
    """The number of the cohort's next round."""
    return last_number(cohort) + 1


def last_number(cohort: Any) -> int:
    """The number of the cohort's last round, 0 before the first."""
    return Round.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0


def seed_of(cohort: Any, number: int) -> int:
    """The seed of a round. It follows from cohort and number: a preview finds what the round will find."""
    return int(pseudonym(f"round|{cohort.pk}|{number}")[:15], 16)


def plan(*, cohort: Any, number: int, seed: int) -> Plan:
    """Find partners for all who wait in the cohort."""
    monday = _monday()
    rows = waiting_in(cohort).select_related("member").order_by("pk")
    return plan_for(people_of(rows.iterator(), monday), cohort, number, seed, monday)


def plan_for(
    people: People, cohort: Any, number: int, seed: int, monday: date, *, kept: int = KEPT
) -> Plan:
    """The same for people who are at hand."""
    known = {person.id: person for person in people.there}
    ids = shuffled(known, seed)
    found = candidates([known[member] for member in ids], kept_apart(ids), kept=kept)
    edges = without_earlier(found.edges, ids, earlier_tokens(cohort, number))
    outcome = solve(ids=range(len(ids)), edges=edges, seed=seed)
    limits = found.kept_apart + len(found.edges) - len(edges)
    return Plan(
        groups=tuple(tuple(ids[at] for at in group) for group in _groups(outcome)),
        left=(*(ids[at] for at in outcome.left), *people.unreadable),
        people=known,
        way=outcome.way,
        some_limits=limits >= LEAST_LIMITS_SPOKEN_OF,
        monday=monday,
    )


def _groups(outcome: Any) -> tuple[tuple[int, ...], ...]:
    return (*outcome.pairs, outcome.trio) if outcome.trio else outcome.pairs


def _monday() -> date:
    """The first day of the next week: in it, times of different zones are held against each other."""
    today = timezone.now().date()
    return today + timedelta(days=7 - today.weekday())
