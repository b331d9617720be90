"""A cohort's plan: which modules it reads, and on which day each begins. The backbone team sets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from cohorts.actions.over import held_open
from cohorts.models import Cohort
from cohorts.permissions import can_carry_on_cohort
from core import audit
from core.access import require
from curriculum.models import ModulePage, Opening
from curriculum.permissions import modules_visible_to


class StalePlan(Exception):
    """The plan was changed elsewhere since it was opened."""


@dataclass(frozen=True)
class PlanLine:
    """A module that a cohort can read, and the day on which it does; None when it does not."""

    module: ModulePage
    opens_on: date | None


def plan_of(cohort: Cohort, user: Any) -> list[PlanLine]:
    """Every module that is published, and what the cohort reads besides, in the order of the tree. Two queries."""
    days = _days(cohort)
    mine = modules_visible_to(user).values("pk")
    rows = ModulePage.objects.filter(Q(pk__in=mine) | Q(pk__in=days)).order_by("path")
    return [PlanLine(module, days.get(module.pk)) for module in rows]


def mark_of(days: Mapping[int, date | None]) -> str:
    """What stands for a plan, so that one from a forgotten tab overwrites nothing."""
    rows = sorted(f"{module}:{day.isoformat()}" for module, day in days.items() if day)
    return sha256("|".join(rows).encode()).hexdigest()[:16]


@transaction.atomic
def set_plan(*, cohort: Cohort, days: Mapping[int, date | None], seen: str, by: Any) -> None:
    """Let the cohort read these modules, each from its day; those without a day it does not read. Nobody is told.

    Of modules that are not named nothing changes. Raises CohortIsOver, and StalePlan when it was changed since `seen` was its mark.
    """
    cohort = held_open(cohort)
    require(can_carry_on_cohort(by, cohort))
    before = _days(cohort)
    if mark_of(before) != seen:
        raise StalePlan
    named = {module: day for module, day in days.items() if before.get(module) != day}
    Opening.objects.filter(cohort=cohort, module__in=named).delete()
    read = {module: day for module, day in named.items() if day is not None}
    Opening.objects.bulk_create(
        Opening(cohort=cohort, module=module, opens_on=read[module.pk])
        for module in ModulePage.objects.filter(pk__in=read)
    )
    if named:
        audit.record("cohort.planned", by=by, subject=cohort)


def copy_plan(*, old: Cohort, new: Cohort, **_given: Any) -> None:
    """Give a new cohort the modules of an old one, each as many days after the first day."""
    later: timedelta = new.starts_on - old.starts_on
    Opening.objects.bulk_create(
        Opening(cohort=new, module_id=module, opens_on=day + later)
        for module, day in _days(old).items()
    )


def _days(cohort: Cohort) -> dict[int, date]:
    rows = Opening.objects.filter(cohort=cohort).order_by("opens_on", "pk")
    return dict(rows.values_list("module_id", "opens_on"))
