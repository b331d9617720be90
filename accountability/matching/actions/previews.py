"""Looking at the next round before anybody is told: three times a day and cohort, whoever looks and from wherever.

What changes between two looks can tell what one person has just answered, or whom they keep away. So on one day the same
people are found once: whoever looks again, or another organizer who does, gets what was found first. And where few wait,
there are no names, or there is no look at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.matching.actions.claims import begun, done, give_up, still_open
from accountability.matching.choices import (
    LEAST_NAMED,
    LEAST_PREVIEWED,
    PREVIEW_KEPT_FOR,
    PREVIEWS_A_DAY,
    RUNNING,
    RoundState,
)
from accountability.matching.limits import SHUT
from accountability.matching.models import Preview, PreviewFound
from accountability.matching.people import get_ready, waiting_in
from accountability.matching.permissions import can_run_rounds
from accountability.matching.planning import Plan, next_number, plan, seed_of
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from core.access import require
from core.audit import pseudonym
from core.crypto.alerts import could_not_open
from core.tasks import enqueue_once, still_mine, still_wanted, worker_task


class NoPreviewsLeft(Exception):
    """All of today's previews of this cohort were taken. Nothing was looked at."""


class TooFewWait(Exception):
    """So few people wait that a preview would tell whom somebody keeps away. Nothing was looked at."""


def today() -> date:
    """The day of the installation, not of the member: nobody gets more previews by another time zone."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def previews_left(cohort: Any) -> int:
    """How many previews of the cohort may still be taken today."""
    return PREVIEWS_A_DAY - Preview.objects.filter(cohort=cohort, day=today()).count()


def ask_for_preview(*, cohort: Any, by: Any) -> Preview:
    """Ask for a preview, which the worker makes; while the same people wait, their own last one of today is given back.

    Raises CohortIsOver, NoPreviewsLeft or TooFewWait; none takes one of the three, and nor does the one that is given back.
    """
    require(can_run_rounds(by))
    return _take(cohort, by, RoundState.WAITING)


def preview_now(*, cohort: Any) -> Plan:
    """The server's own preview, which is kept nowhere. Raises CohortIsOver, NoPreviewsLeft or TooFewWait."""
    _take(cohort, None, RoundState.DONE)
    return _plan(cohort)


def _could_not_be_made(preview_id: UUID) -> None:
    give_up(Preview, preview_id)


@worker_task(gave_up=_could_not_be_made)
def make_asked_for(preview_id: UUID) -> None:
    """Make the preview, unless it is made, or gone."""
    preview = begun(Preview, preview_id)
    if preview is not None:
        make(preview)


def ask_again() -> int:
    """Put in the tasks of previews that still wait and have none, as after a restore; returns how many."""
    waiting = Preview.objects.filter(state__in=RUNNING).values_list("pk", flat=True)
    return sum(still_wanted(make_asked_for, pk) for pk in waiting)


def make(preview: Preview) -> None:
    """Find what the next round would find, or what was found of the same people today, and seal it for who asked."""
    found = _found_today(preview) or _as_text(_plan(preview.cohort))
    if preview.by_id is not None:
        get_ready([preview.by_id])
    with transaction.atomic():
        still_mine()
        if not still_open(preview).select_for_update().exists():
            return
        if preview.by_id is not None:
            row = PreviewFound(preview=preview, by_id=preview.by_id)
            row.found = found
            row.save()
        done(preview, timezone.now())


def prune_previews(now: datetime | None = None) -> int:
    """Remove previews that are a day old; returns how many went."""
    old = Preview.objects.filter(asked_at__lte=(now or timezone.now()) - PREVIEW_KEPT_FOR)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def _take(cohort: Any, by: Any | None, state: RoundState) -> Preview:
    """One of the three. The cohort's row is held, so that two tabs come one after the other; the constraint is a second wall."""
    held = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if held.is_over:
        raise CohortIsOver(held)
    day, waiting = today(), list(waiting_in(cohort).values_list("member", flat=True))
    if len(waiting) < LEAST_PREVIEWED:
        raise TooFewWait
    people = _mark_of(cohort, waiting)
    last = Preview.objects.filter(cohort=cohort, day=day, by=by).order_by("-asked_at").first()
    if by is not None and last is not None and last.people == people and not last.has_failed:
        return last
    taken = set(Preview.objects.filter(cohort=cohort, day=day).values_list("slot", flat=True))
    free = [slot for slot in range(1, PREVIEWS_A_DAY + 1) if slot not in taken]
    if not free:
        raise NoPreviewsLeft
    try:
        with transaction.atomic():
            preview = Preview.objects.create(
                cohort=cohort, day=day, slot=free[0], by=by, state=state, people=people
            )
    except IntegrityError:
        raise NoPreviewsLeft from None
    if preview.is_running:
        enqueue_once(make_asked_for, preview.pk)
    return preview


def _mark_of(cohort: Any, waiting: Iterable[UUID]) -> str:
    """What stands for these people in the cohort's next round, and says of none that they are in it."""
    ids = "|".join(sorted(map(str, waiting)))
    return pseudonym(f"preview|{cohort.pk}|{next_number(cohort)}|{ids}")


def _found_today(preview: Preview) -> str:
    """What another preview of the day found of the same people; empty where there was none, or it does not open."""
    same = PreviewFound.objects.filter(
        preview__cohort=preview.cohort_id,
        preview__day=preview.day,
        preview__people=preview.people,
        preview__state=RoundState.DONE,
    )
    first = same.exclude(preview=preview.pk).order_by("preview__asked_at", "pk").first()
    if first is None:
        return ""
    get_ready([first.by_id])
    try:
        return str(first.found)
    except SHUT:
        could_not_open(first)
        return ""


def _plan(cohort: Any) -> Plan:
    number = next_number(cohort)
    return plan(cohort=cohort, number=number, seed=seed_of(cohort, number))


def _as_text(found: Plan) -> str:
    """Numbers, ids where enough wait, how it was found, and whether limits are spoken of; no weights and no reasons."""
    many = len(found.left) + sum(len(group) for group in found.groups)
    if many < LEAST_PREVIEWED:  # others have left since it was asked for
        return json.dumps({"too_few": True})
    values: dict[str, Any] = {
        "pairs": sum(len(group) == 2 for group in found.groups),
        "trios": sum(len(group) > 2 for group in found.groups),
        "left_over": len(found.left),
        "way": found.way,
        "some_limits": found.some_limits,
    }
    if many >= LEAST_NAMED:
        values["groups"] = [[str(member) for member in group] for group in found.groups]
        values["left"] = [str(member) for member in found.left]
    return json.dumps(values)
