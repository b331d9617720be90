"""Starting a round, and running it: in a task of the worker, or in the command itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.buddies.actions.holding import hold_members
from accountability.matching import notifications
from accountability.matching.actions.claims import begun, done, give_up, still_open
from accountability.matching.choices import FEW_AGAIN_AFTER, LEAST_PREVIEWED
from accountability.matching.limits import kept_apart
from accountability.matching.models import Match, MatchSeat, Round, Unmatched
from accountability.matching.people import BATCH, batched, get_ready, waiting_in
from accountability.matching.permissions import can_run_rounds
from accountability.matching.planning import Plan, next_number, plan, seed_of
from accountability.matching.scoring import reasons
from accounts.models import User
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from core.access import require
from core.audit import record
from core.tasks import enqueue_once, still_mine, still_wanted, worker_task

LEAST_PEOPLE = 2


class AlreadyRunning(Exception):
    """A round of this cohort is under way. Nothing was started."""


class NobodyWaits(Exception):
    """Fewer than two people wait for a partner. Nothing was started."""


class TooSoon(Exception):
    """So few people wait that a round is started once a day, and one was. Nothing was started."""


@transaction.atomic
def start_round(*, cohort: Any, by: Any | None, here: bool = False) -> Round:
    """Begin the cohort's next round, which the worker runs. `by` is None for the server itself.

    With `here` the caller runs it; what becomes of a caller that is killed is looked at each hour (`ask_again`).

    Raises CohortIsOver, AlreadyRunning, TooSoon or NobodyWaits. Of two that start at the same moment, one does.
    """
    require(by is None or can_run_rounds(by))
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.is_over:
        raise CohortIsOver(cohort)
    if Round.objects.running().filter(cohort=cohort).exists():
        raise AlreadyRunning
    waiting = waiting_in(cohort).count()
    if by is not None and waiting < LEAST_PREVIEWED and _started_lately(cohort):
        raise TooSoon  # before it is asked whether anybody waits: that would tell whether they were matched
    if waiting < LEAST_PEOPLE:
        raise NobodyWaits
    number = next_number(cohort)
    round_ = Round(cohort=cohort, number=number, seed=seed_of(cohort, number), started_by=by)
    try:
        with transaction.atomic():
            round_.save(force_insert=True)
    except IntegrityError:
        raise AlreadyRunning from None
    if not here:
        enqueue_once(run_started, round_.pk)
    record("round.started", by=by, subject=round_)
    return round_


def _started_lately(cohort: Any) -> bool:
    since = timezone.now() - FEW_AGAIN_AFTER
    return bool(Round.objects.finished().filter(cohort=cohort, started_at__gt=since).exists())


def _could_not_be_run(round_id: UUID) -> None:
    give_up(Round, round_id)


@worker_task(gave_up=_could_not_be_run)
def run_started(round_id: UUID) -> None:
    """Run the round, unless it is over."""
    round_ = begun(Round, round_id)
    if round_ is not None:
        run(round_)


def ask_again() -> int:
    """Put in the tasks of rounds that still wait and have none, as after a restore; returns how many."""
    waiting = Round.objects.running().values_list("pk", flat=True)
    return sum(still_wanted(run_started, pk) for pk in waiting)


def run(round_: Round) -> Plan | None:
    """Find partners and tell everybody, in one transaction. None, and nothing written, when somebody else has finished it."""
    found = plan(cohort=round_.cohort, number=round_.number, seed=round_.seed)
    for some in batched(found.people, BATCH):
        get_ready(some)
    with transaction.atomic():
        still_mine()
        _hold_all(found)
        if not still_open(round_).select_for_update().exists():
            return None
        groups, left = _as_things_stand(round_, found)
        _write(round_, found, groups, left)
        still_open(round_).update(way=found.way)
        done(round_, timezone.now())
    return replace(found, groups=tuple(groups), left=tuple(left))


def _hold_all(found: Plan) -> None:
    """Hold everybody of the round, always in the same order: a round of another cohort that seats one of them, or a pair that
    they become, comes before or after, and is seen by `_as_things_stand`."""
    ids = sorted({*found.left, *(member for group in found.groups for member in group)})
    for some in batched(ids, BATCH):
        hold_members([User(pk=member) for member in some])


def _as_things_stand(round_: Round, found: Plan) -> tuple[list[tuple[UUID, ...]], list[UUID]]:
    """What was found, less those who have left, found a buddy, were matched in another cohort or changed their mind meanwhile.

    Whoever would have been with them, or with somebody who was kept apart meanwhile, is told that nobody was found.
    """
    there = set(waiting_in(round_.cohort).values_list("member", flat=True))
    ids = [member for group in found.groups for member in group]
    apart = {frozenset((ids[one], ids[other])) for one, other in kept_apart(ids)}
    groups, left = [], list(found.left)
    for group in found.groups:
        whole = there.issuperset(group)
        if whole and not any(frozenset(two) in apart for two in combinations(group, 2)):
            groups.append(group)
        else:
            left.extend(group)
    return groups, [member for member in left if member in there]


def _write(
    round_: Round, found: Plan, groups: Sequence[tuple[UUID, ...]], left: Sequence[UUID]
) -> None:
    matches = [Match(round=round_) for _group in groups]
    Match.objects.bulk_create(matches)
    for some in batched(zip(matches, groups, strict=True), BATCH // 3):
        get_ready(member for _match, group in some for member in group)
        MatchSeat.objects.bulk_create(
            seat for match, group in some for seat in _seats(match, group, found)
        )
    Unmatched.objects.bulk_create(Unmatched(round=round_, member_id=member) for member in left)
    told = [*left, *(member for group in groups for member in group)]
    for some_members in batched(told, BATCH):
        members = list(User.objects.filter(pk__in=some_members))
        notifications.round_is_over(round_, members)


def _seats(match: Match, group: Sequence[UUID], found: Plan) -> Iterator[MatchSeat]:
    """A seat for each, with what they have in common with each other one."""
    for member in group:
        mine = found.people[member]
        common = {
            str(other): [asdict(one) for one in reasons(mine, found.people[other], found.monday)]
            for other in group
            if other != member
        }
        seat = MatchSeat(match=match, member_id=member)
        seat.reasons = json.dumps(common)
        yield seat
