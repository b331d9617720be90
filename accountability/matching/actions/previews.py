"""Looking at the next round before anybody is told: three times a day and cohort, whoever looks and from wherever."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.matching.actions.claims import claim, done, guarded, still_mine
from accountability.matching.actions.rounds import LEAST_PEOPLE, NobodyWaits
from accountability.matching.choices import PREVIEW_KEPT_FOR, PREVIEWS_A_DAY, RoundState
from accountability.matching.models import Preview, PreviewFound
from accountability.matching.people import get_ready, waiting_in
from accountability.matching.permissions import can_run_rounds
from accountability.matching.planning import Plan, next_number, plan, seed_of
from accountability.matching.querysets import to_be_taken
from cohorts.models import Cohort
from core.access import require


class NoPreviewsLeft(Exception):
    """All of today's previews of this cohort were taken. Nothing was looked at."""


def today() -> date:
    """The day of the installation, not of the member: nobody gets more previews by another time zone."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def previews_left(cohort: Any) -> int:
    """How many previews of the cohort may still be taken today."""
    return PREVIEWS_A_DAY - Preview.objects.filter(cohort=cohort, day=today()).count()


def ask_for_preview(*, cohort: Any, by: Any) -> Preview:
    """Ask for a preview, which the worker makes. Raises NoPreviewsLeft or NobodyWaits; neither takes one of the three."""
    require(can_run_rounds(by))
    return _take(cohort, by, RoundState.WAITING)


def preview_now(*, cohort: Any) -> Plan:
    """The server's own preview, which is kept nowhere. Raises NoPreviewsLeft or NobodyWaits."""
    _take(cohort, None, RoundState.DONE)
    return _plan(cohort)


def make_waiting(*, now: datetime) -> int:
    """Make the previews that wait, the oldest first; returns how many were taken."""
    taken = 0
    rows = Preview.objects.filter(to_be_taken(now)).select_related("cohort")
    for preview in rows.order_by("asked_at", "pk"):
        if claim(preview, now):
            guarded(preview, make, now)
            taken += 1
    return taken


def make(preview: Preview) -> None:
    """Find what the next round would find, and seal it for who asked."""
    found = _plan(preview.cohort)
    if preview.by_id is not None:
        get_ready([preview.by_id])
    with transaction.atomic():
        if not still_mine(preview).select_for_update().exists():
            return
        if preview.by_id is not None:
            row = PreviewFound(preview=preview, by_id=preview.by_id)
            row.found = _as_text(found)
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
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    day = today()
    taken = set(Preview.objects.filter(cohort=cohort, day=day).values_list("slot", flat=True))
    free = [slot for slot in range(1, PREVIEWS_A_DAY + 1) if slot not in taken]
    if not free:
        raise NoPreviewsLeft
    if waiting_in(cohort).count() < LEAST_PEOPLE:
        raise NobodyWaits
    try:
        with transaction.atomic():
            return Preview.objects.create(cohort=cohort, day=day, slot=free[0], by=by, state=state)
    except IntegrityError:
        raise NoPreviewsLeft from None


def _plan(cohort: Any) -> Plan:
    number = next_number(cohort)
    return plan(cohort=cohort, number=number, seed=seed_of(cohort, number))


def _as_text(found: Plan) -> str:
    """Ids, how it was found, and whether limits are spoken of; no weights and no reasons."""
    values = {
        "groups": [[str(member) for member in group] for group in found.groups],
        "left": [str(member) for member in found.left],
        "way": found.way,
        "some_limits": found.some_limits,
    }
    return json.dumps(values)
