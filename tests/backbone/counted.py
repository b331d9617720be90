"""Cohorts to be counted: people, what they finished, and the weekly clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from backbone.actions import take_snapshots
from backbone.models import NamedProgress, PublishedWeek, Snapshot
from cohorts.models import Cohort, Membership
from core.clock import today_here
from curriculum.models import LessonDone
from curriculum.outline import outline_for


def people(slug="spring"):
    """Those who learn in a cohort, as they came."""
    rows = Cohort.objects.get(slug=slug).memberships.current().filter(is_facilitator=False)
    return [row.member for row in rows.select_related("member").order_by("joined_at", "pk")]


def grow(slug, until):
    """So many learn in the cohort."""
    cohort = Cohort.objects.get(slug=slug)
    for number in range(len(people(slug)), until):
        member = User.objects.create(email=f"person{number}@{slug}.example", chosen_name=f"Person {number}")  # fmt: skip
        Membership.objects.create(cohort=cohort, member=member)


def finish(module, members):
    """They finish every lesson of a module, and nobody else does."""
    keys = [lesson.key for lesson in module.lessons]
    LessonDone.objects.filter(lesson_key__in=keys).delete()
    LessonDone.objects.bulk_create(
        LessonDone(member=member, lesson_key=key) for member in members for key in keys
    )


def count_again(weeks=0):
    """As the clock does, some weeks from now."""
    return take_snapshots(now=timezone.now() + timedelta(weeks=weeks))


@pytest.fixture
def spring(cast):
    """Twenty people learn in spring, of whom eight have finished the first module. Nothing has been counted, and nobody is named."""
    for rows in (Snapshot, PublishedWeek, NamedProgress):
        rows.objects.all().delete()
    Cohort.objects.filter(slug__in=["spring", "autumn"]).update(starts_on=today_here() - timedelta(days=60))  # fmt: skip
    grow("spring", 20)
    cohort = Cohort.objects.get(slug="spring")
    cohort.first = next(line for line in outline_for(cast["dev"]).modules if line.lessons)
    finish(cohort.first, people()[:8])
    return cohort
