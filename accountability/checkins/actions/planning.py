"""The plan of a pair, and the next check-in by it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from accountability.buddies.choices import LEAST
from accountability.buddies.models import Pair, Place
from accountability.checkins.models import CheckIn, Plan
from accountability.checkins.rhythm import Beat, first_day, moment, next_day


@transaction.atomic
def plan_check_ins(
    *,
    pair: Pair,
    rhythm: str,
    weekday: int,
    at: time,
    time_zone: str,
    first_on: date | None = None,
    now: datetime,
) -> None:
    """Check in by this rhythm from now on: the coming check-in gets its date by it, and is made where there is none."""
    hold_pair(pair.pk)
    beat = Beat(rhythm, weekday, at, time_zone)
    Plan.objects.update_or_create(
        pair=pair,
        defaults={"rhythm": rhythm, "weekday": weekday, "at": at, "time_zone": time_zone},
    )
    coming = CheckIn.objects.coming().filter(pair=pair).first()
    if coming is None:
        plan_next(pair, now, first_on=first_on)
        return
    last = CheckIn.objects.settled().filter(pair=pair).first()
    _set_date(coming, beat, _day(beat, last, now, first_on))
    coming.moved, coming.told_at = False, None
    coming.save(update_fields=["planned_on", "due_at", "moved", "told_at"])


def plan_next(pair: Pair, now: datetime, *, first_on: date | None = None) -> CheckIn | None:
    """Make the next check-in where none is coming; none for a pair that has no plan, has ended, or rests altogether.

    Called with the pair's row held.
    """
    places = Place.objects.open().filter(pair=pair).values_list("resting_since", flat=True)
    awake = [since for since in places if since is None]
    plan = Plan.objects.filter(pair=pair).first()
    last = CheckIn.objects.filter(pair=pair).first()
    if plan is None or len(places) < LEAST or not awake or (last and last.settled_at is None):
        return None
    coming = CheckIn(pair=pair, number=last.number + 1 if last else 1, made_at=now)
    _set_date(coming, plan.beat, _day(plan.beat, last, now, first_on))
    coming.save(force_insert=True)
    return coming


def hold_pair(pair_id: UUID) -> None:
    """Hold the pair's row until the transaction ends; it is the first that every verb of a pair holds."""
    Pair.objects.select_for_update(no_key=True).filter(pk=pair_id).values("pk").first()


def held(check_in: CheckIn) -> CheckIn:
    """The check-in as it stands now, with the pair's row held."""
    hold_pair(check_in.pair_id)
    return CheckIn.objects.select_related("pair").get(pk=check_in.pk)


def places_of(pair_id: UUID) -> list[Place]:
    """The open places of a pair with their members, in one order."""
    rows: Any = Place.objects.open().filter(pair=pair_id).select_related("member")
    return list(rows.order_by("pk"))


def _day(beat: Beat, last: CheckIn | None, now: datetime, first_on: date | None) -> date:
    """The day of the check-in that comes: the one they named, else that after the last one."""
    named = first_on is not None and moment(first_on, beat.at, beat.time_zone) > now
    if last is None or named:
        return first_day(beat, now=now, first_on=first_on)
    return next_day(beat, last.planned_on, after=max(now, last.due_at))


def _set_date(check_in: CheckIn, beat: Beat, day: date) -> None:
    check_in.planned_on = day
    check_in.due_at = moment(day, beat.at, beat.time_zone)
