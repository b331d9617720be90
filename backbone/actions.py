"""What the desk does by itself: it counts once a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from backbone.insights.counting import measures, wishing_in
from backbone.insights.keeping import packed, public_part, unpacked
from backbone.insights.naming import names_of
from backbone.models import PublishedWeek, Snapshot
from cohorts.models import Cohort
from core.clock import today_here
from core.suppression import publish

A_WEEK = timedelta(days=7)


def take_snapshots(*, now: datetime) -> int:
    """Count every cohort that has begun, is not over, and was not counted within the week; returns how many were.

    Not before the first day: what lasts is counted of those who are there the first time, and whoever joins before it is not late.
    """
    due = Cohort.objects.running().exclude(snapshot__taken_on__gt=today_here(now) - A_WEEK)
    return sum(_take(cohort, now) for cohort in due.order_by("pk"))


@transaction.atomic
def _take(cohort: Cohort, now: datetime) -> bool:
    """One cohort, under its lock: two workers publish one week once."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    mine = Snapshot.objects.filter(cohort=cohort)
    if mine.filter(taken_on__gt=today_here(now) - A_WEEK).exists():
        return False
    found = measures(cohort, now)
    # Read and held only now, so that whoever is erased meanwhile is not written back.
    last = mine.select_for_update().first()
    before = unpacked(last.published, last.people) if last else {}
    after = {key: publish(before.get(key), counted) for key, counted in found.items()}
    # A module that is taken away for a while goes on from where it was.
    kept, people = packed({**before, **after})
    named = names_of(found, after, wishing_in(cohort))
    Snapshot.objects.update_or_create(
        cohort=cohort,
        defaults={
            "taken_on": today_here(now),
            "published": kept,
            "people": people,
            "named": named,
        },
    )
    PublishedWeek.objects.update_or_create(
        cohort=cohort, counted_on=today_here(now), defaults={"published": public_part(kept)}
    )
    return True
