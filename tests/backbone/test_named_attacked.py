"""Somebody who keeps every page learns nothing of who has no name, through weeks in which people come, go, and switch theirs on and off.

The weeks are real: our actions, the weekly count, the pages as they are shown. What the pages say is what `publish` says of these weeks,
and the adversary of `tests/core/suppression` finds out nothing from it. D1, D4, D5, D7.
"""

from datetime import date, timedelta
from itertools import count
from math import prod
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from accounts.models import User
from backbone.actions import take_snapshots
from backbone.insights.actions import show_by_name, stop_showing
from backbone.insights.counting import measures, module_key
from cohorts.actions import leave_cohort
from cohorts.models import Cohort, Membership
from core.suppression import Number, Why
from curriculum.models import LessonDone, Opening
from curriculum.outline import outline_for
from tests.core.suppression.adversary import Adversary, Story, all_learned

set_hypothesis_home_dir(Path(__file__).parents[2] / "var" / "hypothesis")

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))


class Course:
    """A cohort whose weeks go by as chance has it, and what stood on its pages."""

    def __init__(self, random):
        self.random, self.numbers = random, count()
        Opening.objects.all().delete()
        Cohort.objects.update(starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 6))
        self.cohort = Cohort.objects.create(slug="larch", name="Larch", starts_on=timezone.localdate())  # fmt: skip
        facilitator = User.objects.create(email="facilitator@larch.example", chosen_name="Zed")
        Membership.objects.create(cohort=self.cohort, member=facilitator, is_facilitator=True)
        self.client = Client()
        self.client.force_login(facilitator)
        self.module = next(one for one in outline_for(facilitator).modules if one.lessons)
        self.weeks, self.now, self.took_back = [], timezone.now(), set()

    def places(self):
        """Of those who learn here now, in an order that chance may choose from again."""
        rows = self.cohort.memberships.current().filter(is_facilitator=False)
        return list(rows.select_related("member").order_by("member__email"))

    def some(self, number):
        places = self.places()
        return self.random.sample(places, min(number, len(places) - 1))

    def come(self, number):
        for _one in range(number):
            name = f"Person {next(self.numbers):03}"
            member = User.objects.create(email=f"{name[-3:]}@larch.example", chosen_name=name)
            Membership.objects.create(cohort=self.cohort, member=member)

    def leave(self, number):
        for place in self.some(number):
            leave_cohort(cohort=self.cohort, member=place.member, by=place.member)

    def are_suspended(self, number):
        User.objects.filter(pk__in=[place.member_id for place in self.some(number)]).update(is_active=False)  # fmt: skip

    def turn(self, number):
        """They switch their names on, or off."""
        for place in self.some(number):
            if hasattr(place, "named_progress"):
                stop_showing(membership=place, by=place.member)
                self.took_back.add(place.member_id)
            else:
                show_by_name(membership=place, by=place.member)

    def finish(self, number):
        LessonDone.objects.bulk_create(
            [LessonDone(member=place.member, lesson_key=lesson.key) for place in self.some(number) for lesson in self.module.lessons],
            ignore_conflicts=True,
        )  # fmt: skip

    def happens(self, most):
        """Some of it, in any order."""
        acts = [self.come, self.leave, self.are_suspended, self.turn, self.turn, self.finish]
        for act in self.random.sample(acts, self.random.randint(0, most)):
            act(self.random.choice([1, 1, 2, 5]))

    def counted(self):
        """A week is over: what is counted, and what stands on the pages then."""
        week = measures(self.cohort, self.now)[module_key(self.module)]
        assert take_snapshots(now=self.now) == 1
        self.weeks.append(week)
        self.now += timedelta(weeks=1)
        self.took_back.clear()
        return week, self.names()

    def names(self):
        """The names under the module."""
        page = self.client.get("/cohorts/larch/progress/").text
        found = page.split("<main")[1].split("</main>")[0].split('<li dir="auto">')[1:]
        return {one.split("</li>")[0] for one in found}

    def line(self):
        """The number of the module, or the word in its place."""
        lines = self.client.get("/cohorts/larch/insights.json").json()
        return next((line["count"], line["why"]) for line in lines if line["what"] == self.module.title)  # fmt: skip


def as_shown(value):
    if isinstance(value, Number):
        return value.count, ""
    return None, str(value.sentence)


def check_week(course, week, names):
    """The pages say what `publish` says; until the next count they show part of it: who was named and still is, or nobody."""
    published = Story(course.weeks).seen[-1]
    named = published.named if not isinstance(published.named, Why) else frozenset()
    assert course.line() == as_shown(published.shown)
    assert names == names_of(named & week.yes)
    for _day in range(2):
        course.happens(2)
        there = {place.member_id: hasattr(place, "named_progress") for place in course.places()}
        still = {one for one, wishes in there.items() if wishes and one in named - course.took_back}
        left = len(there) - len(still)
        assert course.names() == (set() if 0 < left < 6 else names_of(still & week.yes))


def names_of(people):
    return set(User.objects.filter(pk__in=people).values_list("chosen_name", flat=True))


@FEW
@given(st.integers(0, 2**48))
def test_nothing_is_learned_from_the_pages_whoever_switches_their_name_on_or_off(seed):
    with transaction.atomic():
        random = Random(seed)
        course = Course(random)
        course.come(random.choice([9, 12, 14, 16, 18, 20]))
        course.turn(random.choice([0, 1, 2, 6, 8, 14]))
        for _week in range(4):
            course.finish(random.choice([0, 1, 3, 6]))
            week, names = course.counted()
            check_week(course, week, names)
        transaction.set_rollback(True)
    story = Story(course.weeks)
    assume(prod(Adversary(story).size) <= 20_000)

    assert all_learned(story) == []
