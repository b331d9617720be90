"""The numbers of past weeks, as they stood: the same for everybody in the cohort, and as long as its page. D4, D7."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backbone.insights.holdings import prune_weeks
from backbone.models import PublishedWeek, Snapshot
from cohorts.models import Cohort, Membership
from core.clock import today_here
from core.suppression import Why
from tests.backbone.counted import count_again, finish, people, spring

__all__ = ["spring"]  # a fixture

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WEEKS = "/cohorts/spring/insights/weeks/"


def day(weeks=0):
    return (today_here() + timedelta(weeks=weeks)).isoformat()


def lines(client, weeks=0):
    return client.get(f"{WEEKS}{day(weeks)}.json").json()


def test_each_week_stays_as_it_stood(as_, spring):
    count_again()
    finish(spring.first, people()[:14])
    count_again(weeks=1)

    first, second = (lines(as_("dev"), week)[0]["shown"] for week in (0, 1))

    assert (first, second) == ("8 of 20 people", "14 of 20 people")
    assert as_("dev").get("/cohorts/spring/insights.json").json() == lines(as_("dev"), 1)


def test_everybody_in_the_cohort_and_the_backbone_read_the_same(as_, spring):
    count_again()
    count_again(weeks=1)

    seen = {who: (as_(who).get(WEEKS).text.count(f'href="{WEEKS}2'), lines(as_(who))) for who in ("dev", "mo", "ana")}  # fmt: skip

    assert seen["dev"] == seen["mo"] == seen["ana"]
    assert seen["dev"][0] == 2
    for address in (WEEKS, f"{WEEKS}{day()}/", f"{WEEKS}{day()}.csv", f"{WEEKS}{day()}.json"):
        assert [as_(who).get(address).status_code for who in ("fay", "rui", "gus")] == [404] * 3


def test_page_csv_and_json_of_a_week_say_the_same(as_, spring):
    count_again()
    count_again(weeks=1)
    dev = as_("dev")

    page, found = dev.get(f"{WEEKS}{day()}/").text, lines(dev)
    rows = list(csv.DictReader(io.StringIO(dev.get(f"{WEEKS}{day()}.csv").text)))

    assert [{name: "" if value is None else str(value) for name, value in line.items()} for line in found] == rows  # fmt: skip
    assert all(line["shown"] in page for line in found)
    assert "8 of 20 people" in page.split('<svg class="chart-svg"')[1].split("</svg>")[0]


def test_what_is_kept_of_a_week_is_what_was_shown_and_nothing_behind_it(spring):
    """D4: a cohort that falls below ten holds its number back, and so does its week."""
    count_again()
    gone = [row.pk for row in Membership.objects.filter(cohort=spring, is_facilitator=False)[9:]]
    Membership.objects.filter(pk__in=gone).update(left_at=timezone.now())
    count_again(weeks=1)
    key = f"module:{spring.first.origin_id}"

    kept = Snapshot.objects.get(cohort=spring).published[key]
    shown = PublishedWeek.objects.filter(cohort=spring).first().published[key]

    assert kept["number"][:2] == [8, 20]
    assert shown == {"on": day(1), "why": Why.COHORT_SMALL.value, "number": None}


@pytest.mark.parametrize("odd", ["20261129", "2026-13-01", "today", "\u0662\u0660\u0662\u0666-11-29", "2020-01-01", "9" * 300])  # fmt: skip
def test_a_day_on_which_nothing_was_counted_is_not_found(as_, spring, odd):
    count_again()

    assert [as_("dev").get(f"{WEEKS}{odd}{end}").status_code for end in ("/", ".csv", ".json")] == [404] * 3  # fmt: skip


def test_the_week_of_another_cohort_is_not_found_under_this_one(as_, spring):
    count_again()
    PublishedWeek.objects.filter(cohort=spring).delete()

    assert PublishedWeek.objects.exists()
    assert as_("ana").get(f"{WEEKS}{day()}/").status_code == 404


@pytest.mark.parametrize("weeks", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(as_, spring, weeks):
    for week in range(weeks):
        count_again(weeks=week)
    reader = as_("dev")
    reader.get(WEEKS), reader.get(f"{WEEKS}{day()}/")

    with CaptureQueriesContext(connection) as of_list:
        page = reader.get(WEEKS).text
    with CaptureQueriesContext(connection) as of_week:
        reader.get(f"{WEEKS}{day()}/")

    assert page.count(f'href="{WEEKS}2') == weeks
    assert (len(of_list), len(of_week)) == (8, 6)


def test_a_long_course_is_shown_twenty_weeks_at_a_time(as_, spring):
    PublishedWeek.objects.bulk_create(PublishedWeek(cohort=spring, counted_on=today_here() - timedelta(weeks=week)) for week in range(21))  # fmt: skip

    pages = [as_("dev").get(f"{WEEKS}?page={page}").text.count(f'href="{WEEKS}2') for page in (1, 2, "x")]  # fmt: skip

    assert pages == [20, 1, 20]


def test_past_weeks_go_thirty_days_after_the_last_day(as_, spring):
    count_again()
    Cohort.objects.filter(pk=spring.pk).update(ends_on=today_here() - timedelta(days=30))
    before = (prune_weeks(), as_("dev").get(WEEKS).status_code)
    Cohort.objects.filter(pk=spring.pk).update(ends_on=today_here() - timedelta(days=31))

    after = (prune_weeks(), as_("dev").get(WEEKS).status_code, as_("ana").get(WEEKS).status_code)

    assert (before, after) == ((0, 200), (1, 404, 404))
    assert PublishedWeek.objects.exclude(cohort=spring).exists()
    assert Snapshot.objects.filter(cohort=spring).exists()
