"""The plan of a pair, and the next check-in by it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from accountability.buddies.choices import LEAST
from accountability.buddies.models import Pair, Place
from accountability.checkins.actions.holding import hold_pair
from accountability.checkins.actions.rounds import for_each
from accountability.checkins.models import CheckIn, Plan
from accountability.checkins.rhythm import Beat, first_day, next_day
from core.clock import moment


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


def plan_missing(now: datetime) -> int:
    """For the worker: make the next check-in where a pair has a plan, somebody is awake and none comes; returns of how many.

    Whatever led there, no pair stays without one.
    """
    awake = Place.objects.open().filter(pair=OuterRef("pk"), resting_since__isnull=True)
    coming = CheckIn.objects.coming().filter(pair=OuterRef("pk"))
    planned = Pair.objects.open().filter(check_in_plan__isnull=False)
    return for_each(planned.filter(Exists(awake), ~Exists(coming)), partial(_plan_missing, now=now))


@transaction.atomic
def _plan_missing(pair: Pair, *, now: datetime) -> None:
    hold_pair(pair.pk)
    plan_next(pair, now)


def _day(beat: Beat, last: CheckIn | None, now: datetime, first_on: date | None) -> date:
    """The day of the check-in that comes: the one they named, else that after the last one."""
    named = first_on is not None and moment(first_on, beat.at, beat.time_zone) > now
    if last is None or named:
        return first_day(beat, now=now, first_on=first_on)
    return next_day(beat, last.planned_on, after=max(now, last.due_at))


def _set_date(check_in: CheckIn, beat: Beat, day: date) -> None:
    check_in.planned_on = day
    check_in.due_at = moment(day, beat.at, beat.time_zone)
