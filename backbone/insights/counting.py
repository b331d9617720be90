"""What is counted of a cohort this week. The answers are secrets; they go to `core.suppression` and nowhere else.

Each person is counted in one cohort alone: what lasts in the first one they were ever in, anything else in the first of those they learn in now.
So nobody is counted a second time by being added to another one. Facilitators are not counted. Nor are signatures of the public letter:
how many people signed it without a name stands under it for everybody, and the signatures of one cohort, taken away from that total,
would be those of the others.

A module is counted from the day on which the cohort begins it, where its plan names one: so who switches their name on before that day
is never behind its number. Named is only who is counted here: their state would else be behind a number of another cohort.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from accountability import counts
from backbone.insights.models import NamedProgress
from cohorts.models import Cohort, Membership
from core.clock import today_here
from core.suppression import Counted, HowMany, Kind
from curriculum.glossary.models import DefinitionRead
from curriculum.models import LessonDone, Opening
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
    """The people of a cohort, which of them are counted elsewhere, and who wishes to be shown by name."""

    everybody: People
    been_elsewhere: People
    learning_elsewhere: People
    wishing: People


def measures(cohort: Cohort, now: datetime) -> dict[str, Counted]:
    """All that is counted of a cohort, by the name of the measure."""
    rows = cohort.memberships.current().filter(is_facilitator=False).select_related("member")
    members = [row.member for row in rows.order_by("joined_at")]
    people = learners(cohort, members)
    return {**_lasting(cohort, people, members, now), **_free(cohort, people, now)}


def learners(cohort: Cohort, members: list[Any]) -> Learners:
    """Who is here, and for whom this is not the first cohort they were in, or not the first of those they learn in now.

    A place is a place: who learned in a cohort and facilitates it since was counted there.
    """
    places = Membership.objects.filter(member__in=members)
    learning = places.filter(is_facilitator=False, left_at__isnull=True)
    been_elsewhere = _first_elsewhere(cohort, places)
    return Learners(
        frozenset(member.pk for member in members),
        been_elsewhere,
        _first_elsewhere(cohort, learning.filter(cohort__in=Cohort.objects.running())),
        wishing_in(cohort) - been_elsewhere,
    )


def wishing_in(cohort: Cohort) -> People:
    """Who of those who learn here lets themselves be shown by name."""
    rows = NamedProgress.objects.wished_in(cohort)
    return frozenset(rows.values_list("membership__member", flat=True))


def _first_elsewhere(cohort: Cohort, places: QuerySet[Membership]) -> People:
    """Those whose first of these places is in another cohort."""
    newest_first = places.order_by("-joined_at", "-pk").values_list("member", "cohort")
    first = dict(newest_first)  # of several, the last one stays
    return frozenset(member for member, where in first.items() if where != cohort.pk)


def _lasting(
    cohort: Cohort, people: Learners, members: list[Any], now: datetime
) -> dict[str, Counted]:
    """What is done once for good: whether somebody finished every lesson of a module, and whether they read a definition."""
    today = today_here(now)

    def counted(yes: People, wishing: People = frozenset()) -> Counted:
        here, elsewhere = people.everybody, people.been_elsewhere
        return Counted(today, here, yes, Kind.LASTING, elsewhere, wishing)

    done: dict[UUID, set[UUID]] = {}
    marks = LessonDone.objects.filter(member__in=members)
    for member, lesson in marks.values_list("member", "lesson_key"):
        done.setdefault(member, set()).add(lesson)
    readers = DefinitionRead.objects.filter(member__in=members).values_list("member", flat=True)
    found = {DEFINITIONS: counted(frozenset(readers))}
    for module in _begun(cohort, members, today):
        lessons = {lesson.key for lesson in module.lessons}
        finished = frozenset(who for who, keys in done.items() if lessons <= keys)
        found[module_key(module)] = counted(finished, people.wishing)
    return found


def _begun(cohort: Cohort, members: list[Any], today: date) -> Iterable[ModuleLine]:
    """The modules that hold lessons, without those that the cohort begins on a later day."""
    later = Opening.objects.filter(cohort=cohort, opens_on__gt=today)
    not_yet = set(later.values_list("module", flat=True))
    modules = outline_for(members[0]).modules if members else ()
    return (one for one in modules if one.lessons and one.origin_id not in not_yet)


def _free(cohort: Cohort, people: Learners, now: datetime) -> dict[str, Counted]:
    """What may be one way this week and another way the next: commitments, and check-ins of the week that ended."""

    def counted(yes: HowMany | People, shown: Iterable[UUID]) -> Counted:
        apart = people.learning_elsewhere | frozenset(shown)
        return Counted(today_here(now), people.everybody, yes, apart=apart)

    week = _week_before(today_here(now))
    pairs = frozenset(range(counts.pairs_that_checked_in(cohort, *week)))
    standing, shown = counts.those_with_commitments(cohort), counts.shown_with_commitments(cohort)
    return {
        PAIRS: Counted(today_here(now), people.everybody, pairs, in_pairs=True),
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
