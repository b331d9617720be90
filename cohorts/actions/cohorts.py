"""Cohorts themselves: make one, change it, end it, make one like last time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from cohorts import notifications
from cohorts.actions.memberships import join_cohort
from cohorts.models import Cohort
from cohorts.permissions import can_carry_on_cohort, can_change_cohort, can_make_cohort
from core import audit, doors
from core.access import require
from core.clock import today_here


class SlugTaken(Exception):
    """Another cohort has this short name."""


class SlugStays(Exception):
    """The short name cannot change: people have been in the cohort, and know its address."""


class StaleCohort(Exception):
    """The cohort was changed elsewhere since it was opened. `current` is the row as it stands now."""

    def __init__(self, current: Cohort) -> None:
        super().__init__("The cohort was changed elsewhere since it was opened.")
        self.current = current


@dataclass(frozen=True)
class Facts:
    """What a cohort is called, what it is for, and when it is."""

    name: str
    slug: str
    purpose: str
    starts_on: date
    ends_on: date | None


@transaction.atomic
def make_cohort(*, facts: Facts, by: Any) -> Cohort:
    """Make a cohort with nobody in it. Raises SlugTaken."""
    require(can_make_cohort(by))
    cohort = _saved(Cohort(**asdict(facts)))
    audit.record("cohort.made", by=by, subject=cohort)
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, facts: Facts, seen_revision: int, by: Any) -> Cohort:
    """Change what a cohort is called and when it is. Its people are told of another last day, and of nothing else.

    Raises StaleCohort when it was changed meanwhile, SlugStays once people have been in it, and SlugTaken.
    """
    require(can_change_cohort(by, cohort))
    row = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if row.revision != seen_revision:
        raise StaleCohort(row)
    if facts.slug != row.slug and slug_stays(row):
        raise SlugStays
    ends_otherwise = facts.ends_on not in (None, row.ends_on)
    for name, value in asdict(facts).items():
        setattr(row, name, value)
    row.revision += 1
    _saved(row)
    audit.record("cohort.changed", by=by, subject=row)
    if ends_otherwise:
        notifications.cohort_ends(row, by)
    return row


@transaction.atomic
def end_cohort(*, cohort: Cohort, last_day: date, seen_revision: int, by: Any) -> Cohort:
    """Set the last day, at the earliest yesterday (or the first day), and tell the people of the cohort.

    Raises StaleCohort when the cohort was changed meanwhile, ValueError for a day before the earliest.
    """
    row = Cohort.objects.select_for_update().get(pk=cohort.pk)
    require(can_change_cohort(by, row))
    if row.revision != seen_revision:
        raise StaleCohort(row)
    require(can_carry_on_cohort(by, row))
    if last_day < earliest_end(row):
        raise ValueError("A cohort cannot end before that day.")
    row.ends_on = last_day
    row.revision += 1
    row.save(update_fields=["ends_on", "revision"])
    audit.record("cohort.ended", by=by, subject=row)
    notifications.cohort_ends(row, by)
    return row


@transaction.atomic
def clone_cohort(*, cohort: Cohort, facts: Facts, with_facilitators: bool, by: Any) -> Cohort:
    """Make a cohort like this one. Apps above add what is theirs (its plan, say) at the door `cohort_cloned`.

    Participants and everything that was said stay with the old one. Raises SlugTaken.
    """
    require(can_make_cohort(by) and can_change_cohort(by, cohort))
    new = _saved(Cohort(**asdict(facts)))
    audit.record("cohort.made", by=by, subject=new)
    if with_facilitators:
        rows = cohort.memberships.current().filter(is_facilitator=True).select_related("member")
        for row in rows.order_by("joined_at", "pk"):
            join_cohort(cohort=new, member=row.member, by=by, as_facilitator=True)
    doors.ask("cohort_cloned", old=cohort, new=new, by=by)
    return new


def slug_stays(cohort: Cohort) -> bool:
    """Whether the short name is fixed: somebody is or was in the cohort."""
    return cohort.memberships.exists()


def earliest_end(cohort: Cohort) -> date:
    """The earliest last day that can still be set: yesterday, so that it is over at once, but not before the first day."""
    return max(cohort.starts_on, today_here() - timedelta(days=1))


def _saved(cohort: Cohort) -> Cohort:
    try:
        with transaction.atomic():
            cohort.save()
    except IntegrityError as problem:
        if Cohort.objects.exclude(pk=cohort.pk).filter(slug=cohort.slug).exists():
            raise SlugTaken from problem
        raise
    return cohort
