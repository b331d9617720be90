"""The rhythm of one cohort's meetings for another: a cohort that begins anew meets as the one before it did."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cohorts.agenda import template
from cohorts.models import Cohort, Meeting
from core.clock import moment
from core.text import CLEANER_VERSION, clean_markdown


@transaction.atomic
def copy_rhythm(*, old: Cohort, new: Cohort) -> int:
    """Call for `new` what `old` had called and not called off: as many days after the first day, at the same time of day.

    Of what was written the title alone comes along; the agenda is the one that everybody begins with, and place and link are
    said anew. What would lie in the past or after the last day is left out, and nobody is told. For who copies a cohort, in the same transaction;
    returns how many meetings it has now by this.
    """
    words = template()
    rows = [
        meeting
        for meeting in (_moved(row, old, new, words) for row in old.meetings.taking_place())
        if not meeting.has_begun and _is_in(new, meeting)
    ]
    for meeting in rows:
        meeting.agenda_html, meeting.cleaner_version = clean_markdown(words), CLEANER_VERSION
    Meeting.objects.bulk_create(rows)
    return len(rows)


def _moved(row: Meeting, old: Cohort, new: Cohort, agenda: str) -> Meeting:
    """A time that clocks skip on the new day moves forward; of one that they show twice the first is meant."""
    begins, ends = row.local
    starts_at = _on_the_new_day(begins, old, new, row.time_zone)
    ends_at = _on_the_new_day(ends, old, new, row.time_zone)
    return Meeting(
        cohort=new,
        title=row.title,
        starts_at=starts_at,
        ends_at=ends_at if ends_at > starts_at else starts_at + (row.ends_at - row.starts_at),
        time_zone=row.time_zone,
        agenda=agenda,
        called_at=timezone.now(),
    )


def _on_the_new_day(local: datetime, old: Cohort, new: Cohort, zone: str) -> datetime:
    after: timedelta = local.date() - old.starts_on
    return moment(new.starts_on + after, local.time(), zone)


def _is_in(cohort: Cohort, meeting: Meeting) -> bool:
    return cohort.ends_on is None or meeting.local[0].date() <= cohort.ends_on
