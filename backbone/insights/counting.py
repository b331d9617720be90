"""What is counted of a cohort this week. The answers are secrets; they go to `core.suppression` and nowhere else.

Each person is counted in one cohort alone: what lasts in the first one they were ever in, anything else in the first of those they learn in now.
So nobody is counted a second time by being added to another one. Facilitators are not counted. Nor are signatures of the public letter:
how many people signed it without a name stands under it for everybody, and the signatures of one cohort, taken away from that total,
would be those of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware

from accountability import counts
from cohorts.models import Cohort, Membership
from core.suppression import Counted, HowMany, Kind
from curriculum.glossary.models import DefinitionRead
from curriculum.models import LessonDone
from curriculum.outline import ModuleLine, outline_for

A_WEEK = timedelta(days=7)
DEFINITIONS, PAIRS = "definitions", "pairs"

People = frozenset[UUID]


def module_key(module: ModuleLine) -> str:
    """The name of a module's measure: it stays when the module is renamed, moved or translated."""
    return f"module:{module.origin_id}"


def commitment_key(level: str, state: str) -> str:
    """The name of the measure of those with a commitment on this level in this state."""
    return f"commitments:{level}:{state}"


@dataclass(frozen=True)
class Learners:
    """The people of a cohort, and which of them are counted elsewhere."""

    everybody: People
    been_elsewhere: People
    learning_elsewhere: People


def measures(cohort: Cohort, now: datetime) -> dict[str, Counted]:
    """All that is counted of a cohort, by the name of the measure."""
    rows = cohort.memberships.current().filter(is_facilitator=False).select_related("member")
    members = [row.member for row in rows.order_by("joined_at")]
    people = learners(cohort, members)
    return {**_lasting(people, members, now), **_free(cohort, people, now)}


def learners(cohort: Cohort, members: list[Any]) -> Learners:
    """Who is here, and for whom this is not the first cohort they were in, or not the first of those they learn in now.

    A place is a place: who learned in a cohort and facilitates it since was counted there.
    """
    places = Membership.objects.filter(member__in=members)
    learning = places.filter(is_facilitator=False, left_at__isnull=True)
    return Learners(
        frozenset(member.pk for member in members),
        _first_elsewhere(cohort, places),
        _first_elsewhere(cohort, learning.filter(cohort__in=Cohort.objects.running())),
    )


def _first_elsewhere(cohort: Cohort, places: QuerySet[Membership]) -> People:
    """Those whose first of these places is in another cohort."""
    newest_first = places.order_by("-joined_at", "-pk").values_list("member", "cohort")
    first = dict(newest_first)  # of several, the last one stays
    return frozenset(member for member, where in first.items() if where != cohort.pk)


def _lasting(people: Learners, members: list[Any], now: datetime) -> dict[str, Counted]:
    """What is done once for good: whether somebody finished every lesson of a module, and whether they read a definition."""
    done: dict[UUID, set[UUID]] = {}
    marks = LessonDone.objects.filter(member__in=members)
    for member, lesson in marks.values_list("member", "lesson_key"):
        done.setdefault(member, set()).add(lesson)
    readers = DefinitionRead.objects.filter(member__in=members).values_list("member", flat=True)
    yes = {DEFINITIONS: frozenset(readers)}
    for module in outline_for(members[0]).modules if members else ():
        lessons = {lesson.key for lesson in module.lessons}
        if lessons:
            finished = frozenset(who for who, keys in done.items() if lessons <= keys)
            yes[module_key(module)] = finished
    return {
        key: Counted(localdate(now), people.everybody, those, Kind.LASTING, people.been_elsewhere)
        for key, those in yes.items()
    }


def _free(cohort: Cohort, people: Learners, now: datetime) -> dict[str, Counted]:
    """What may be one way this week and another way the next: commitments, and check-ins of the week that ended."""

    def counted(yes: HowMany | People, shown: Iterable[UUID]) -> Counted:
        apart = people.learning_elsewhere | frozenset(shown)
        return Counted(localdate(now), people.everybody, yes, apart=apart)

    week = _week_before(localdate(now))
    pairs = frozenset(range(counts.pairs_that_checked_in(cohort, *week)))
    standing, shown = counts.those_with_commitments(cohort), counts.shown_with_commitments(cohort)
    return {
        PAIRS: Counted(localdate(now), people.everybody, pairs, in_pairs=True),
        **{
            commitment_key(level, state): counted(
                standing.get((level, state), _nobody), shown.get(level, ())
            )
            for level in counts.LEVELS
            for state in counts.STATES
        },
    }


def _week_before(day: date) -> tuple[datetime, datetime]:
    """From when until when the seven days before this one went: whatever the hour of a count, no check-in stands in two."""
    midnight = datetime.combine(day, time.min)
    return make_aware(midnight - A_WEEK), make_aware(midnight)


def _nobody(_people: frozenset[Any]) -> int:
    return 0
