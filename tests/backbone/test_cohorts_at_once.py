"""Two of the backbone at the same moment: nothing is doubled or overwritten, and who came second is told."""

import threading
from datetime import date

import pytest
from django.db import connections

from cohorts.actions import (
    SlugTaken,
    StaleCohort,
    change_cohort,
    end_cohort,
    make_cohort,
    make_facilitator,
)
from cohorts.models import Cohort, Membership
from curriculum.models import ModulePage
from curriculum.planning import StalePlan, mark_of, plan_of, set_plan
from notices.models import Notice
from tests.backbone.desk import day, facts_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Let everyone act at the same moment, each with a connection of their own: the sorted names of what each got."""
    start, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place, act):
        try:
            start.wait(timeout=20)
            results[place] = type(act()).__name__
        except (SlugTaken, StaleCohort, StalePlan) as refusal:
            results[place] = type(refusal).__name__
        except BaseException as problem:
            results[place] = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.mark.postgres
def test_of_two_who_change_a_cohort_at_once_one_is_told(cast):
    row = Cohort.objects.get(slug="spring")

    results = at_once(
        lambda: change_cohort(
            cohort=row, facts=facts_of(row, name="One"), seen_revision=1, by=cast["ana"]
        ),
        lambda: end_cohort(cohort=row, last_day=day(9), seen_revision=1, by=cast["lena"]),
    )

    assert results == ["Cohort", "StaleCohort"]
    row.refresh_from_db()
    assert (row.name, row.ends_on) in [("One", None), ("Spring", day(9))]


@pytest.mark.postgres
def test_of_two_who_make_the_same_short_name_at_once_one_is_told(cast):
    facts = facts_of(Cohort.objects.get(slug="spring"), slug="twice")

    results = at_once(
        *(lambda name=name: make_cohort(facts=facts, by=cast[name]) for name in ("ana", "lena"))
    )

    assert results == ["Cohort", "SlugTaken"]
    assert Cohort.objects.filter(slug="twice").count() == 1


@pytest.mark.postgres
def test_of_two_who_plan_at_once_one_is_told(cast):
    autumn = Cohort.objects.get(slug="autumn")
    seen = mark_of({line.module.pk: line.opens_on for line in plan_of(autumn, cast["ana"])})
    module = ModulePage.objects.get(slug="shared-language", locale__language_code="en")
    days = (date(2026, 12, 1), date(2026, 12, 8))

    results = at_once(
        *(
            lambda name=name, on=on: set_plan(
                cohort=autumn, days={module.pk: on}, seen=seen, by=cast[name]
            )
            for name, on in zip(("ana", "lena"), days, strict=True)
        )
    )

    assert results == ["NoneType", "StalePlan"]
    assert autumn.openings.count() == 1


@pytest.mark.postgres
def test_two_who_let_somebody_facilitate_at_once_tell_them_once(cast):
    row = Membership.objects.get(cohort__slug="spring", member=cast["dev"], left_at=None)
    before = Notice.objects.filter(member=cast["dev"]).count()

    at_once(
        *(
            lambda name=name: make_facilitator(membership=row, by=cast[name])
            for name in ("ana", "lena")
        )
    )

    assert Notice.objects.filter(member=cast["dev"]).count() == before + 1
