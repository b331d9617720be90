"""What the desk does by itself: it counts once a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from backbone.insights.counting import measures
from backbone.insights.keeping import packed, unpacked
from backbone.models import Snapshot
from cohorts.models import Cohort
from core.suppression import publish

A_WEEK = timedelta(days=7)


def take_snapshots(*, now: datetime) -> int:
    """Count every cohort that is not over and was not counted within the week; returns how many were."""
    due = Cohort.objects.not_over().exclude(snapshot__taken_on__gt=localdate(now) - A_WEEK)
    return sum(_take(cohort, now) for cohort in due.order_by("pk"))


@transaction.atomic
def _take(cohort: Cohort, now: datetime) -> bool:
    """One cohort, under its lock: two workers publish one week once."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    # Held, so that who is erased meanwhile does not come back into its list of people.
    last = Snapshot.objects.select_for_update().filter(cohort=cohort).first()
    if last and last.taken_on > localdate(now) - A_WEEK:
        return False
    before = unpacked(last.published, last.people) if last else {}
    after = {
        key: publish(before.get(key), counted) for key, counted in measures(cohort, now).items()
    }
    # A module that is taken away for a while goes on from where it was.
    kept, people = packed({**before, **after})
    Snapshot.objects.update_or_create(
        cohort=cohort,
        defaults={"taken_on": localdate(now), "published": kept, "people": people},
    )
    return True
