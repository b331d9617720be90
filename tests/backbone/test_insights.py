"""The numbers about a cohort: the same for everybody in it, on the page and in the files. D1, D4, D7, F4."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accountability.buddies.models import Pair
from accountability.checkins.models import CheckIn
from backbone import actions
from backbone.holdings import _erase
from backbone.insights.counting import DEFINITIONS, PAIRS, measures
from backbone.insights.keeping import packed, shown_in, unpacked
from backbone.models import Snapshot
from cohorts.actions import leave_cohort
from cohorts.models import Cohort, Membership
from core.clock import today_here
from core.suppression import Number, Why
from curriculum.models import ModulePage, Opening
from tests.backbone.counted import count_again, finish, grow, people, spring

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

__all__ = ["spring"]  # a fixture

PAGE, CSV, JSON = (f"/cohorts/spring/insights{end}" for end in ("/", ".csv", ".json"))


def first_number(cohort):
    """What is on show of the first module."""
    kept = Snapshot.objects.get(cohort=cohort)
    return unpacked(kept.published, kept.people)[f"module:{cohort.first.origin_id}"].shown


def test_before_the_first_count_the_page_says_when_it_comes(as_, spring):
    assert "within an hour or so" in as_("dev").get(PAGE).text


def test_members_facilitators_and_the_backbone_see_the_same_lines(as_, spring):
    count_again()

    seen = {who: as_(who).get(JSON).json() for who in ("dev", "mo", "ana")}

    assert seen["dev"] == seen["mo"] == seen["ana"]
    assert seen["dev"][0]["shown"] == "8 of 20 people"


def test_who_may_not_know_of_the_cohort_finds_nothing(as_, nobody, spring):
    count_again()

    for address in (PAGE, CSV, JSON):
        assert [as_(who).get(address).status_code for who in ("fay", "rui", "gus")] == [404] * 3
        assert nobody.get(address).status_code == 302


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 404)])
def test_when_its_people_no_longer_see_the_numbers_nobody_else_does(as_, spring, days, status):
    """Facilitators and the backbone read the page of a cohort longer, but see no number that is not seen by those it is about."""
    count_again()
    ended = today_here() - timedelta(days=days)
    Cohort.objects.filter(pk=spring.pk).update(ends_on=ended)

    for who in ("dev", "mo", "ana"):
        assert [as_(who).get(address).status_code for address in (PAGE, CSV, JSON)] == [status] * 3
    assert (PAGE in as_("ana").get("/cohorts/spring/").text) is (status == 200)


def test_page_csv_and_json_say_the_same(as_, spring):
    count_again()

    page, lines = as_("dev").get(PAGE).text, as_("dev").get(JSON).json()
    rows = list(csv.DictReader(io.StringIO(as_("dev").get(CSV).text)))

    assert [{name: "" if value is None else str(value) for name, value in line.items()} for line in lines] == rows  # fmt: skip
    for line in lines:
        assert line["shown"] in page
        assert bool(line["why"]) == (line["count"] is None)
    assert "8 of 20 people" in page.split('<svg class="chart-svg"')[1].split("</svg>")[0]


def test_a_module_named_like_a_formula_is_only_text_in_the_csv(as_, spring):
    page = ModulePage.objects.get(pk=spring.first.page_id)
    page.title = "=2+5"
    page.save_revision().publish()
    count_again()

    rows = list(csv.DictReader(io.StringIO(as_("dev").get(CSV).text)))

    assert "'=2+5" in [row["what"] for row in rows]


def test_a_number_stays_with_its_day_until_six_more_have_finished(as_, spring):
    today = today_here()
    count_again()

    finish(spring.first, people()[:13])
    count_again(weeks=1)
    stayed = first_number(spring)
    finish(spring.first, people()[:14])
    count_again(weeks=2)

    assert stayed == Number(8, 20, today)
    assert first_number(spring) == Number(14, 20, today + timedelta(weeks=2))
    assert "as of" not in as_("dev").get(JSON).json()[0]["shown"]


def test_a_module_that_was_away_when_it_was_counted_keeps_its_day(as_, spring):
    count_again()
    next_week = today_here() + timedelta(weeks=1)
    Snapshot.objects.filter(cohort=spring).update(taken_on=next_week)  # as the module is left

    line = as_("dev").get(JSON).json()[0]

    assert line["shown"].startswith("8 of 20 people, as of ")
    assert line["counted_on"] == today_here().isoformat()


def test_nothing_is_counted_before_the_first_day(as_, spring):
    """Else those who had joined when something was first shown would be all of whom the modules ever count."""
    tomorrow = today_here() + timedelta(days=1)
    Cohort.objects.filter(pk=spring.pk).update(starts_on=tomorrow)

    count_again()

    assert not Snapshot.objects.filter(cohort=spring).exists()
    assert "before the first day" in as_("dev").get(PAGE).text


def test_a_module_is_counted_from_the_day_on_which_the_cohort_begins_it(as_, spring):
    """Whoever joins, or switches their name on, before that day is not late for it."""
    tomorrow = today_here() + timedelta(days=1)
    Opening.objects.filter(cohort=spring).delete()
    Opening.objects.create(cohort=spring, module_id=spring.first.origin_id, opens_on=tomorrow)

    count_again()
    before = f"module:{spring.first.origin_id}" in Snapshot.objects.get(cohort=spring).published
    grow("spring", 22)
    count_again(weeks=1)

    assert not before
    assert first_number(spring) == Number(8, 22, today_here() + timedelta(weeks=1))


def test_within_a_week_nothing_is_counted_again(spring):
    before = count_again()
    finish(spring.first, people()[:14])

    assert (before, count_again(), first_number(spring).count) == (2, 0, 8)  # spring and autumn


def test_a_check_in_stands_in_one_week_alone_whatever_the_hour_of_the_count(spring):
    """Counted on a Monday afternoon, and on the next one soon after midnight: the check-in of that first morning is the second week's."""
    CheckIn.objects.all().delete()
    monday = timezone.make_aware(datetime(2026, 11, 16))
    morning = monday + timedelta(hours=10)
    CheckIn.objects.create(
        pair=Pair.objects.filter(cohort=spring).first(), number=99, planned_on=morning.date(),
        due_at=morning, settled_at=morning, revealed_at=morning,
    )  # fmt: skip

    weeks = [monday + timedelta(hours=15), monday + timedelta(days=7, minutes=10)]

    assert [len(measures(spring, at)[PAIRS].yes) for at in weeks] == [0, 1]


def test_a_cohort_of_four_shows_nothing_and_says_why(as_, cast):
    Snapshot.objects.all().delete()
    Cohort.objects.filter(slug="pilot").update(ends_on=None)
    count_again()

    lines = as_("ana").get("/cohorts/pilot/insights.json").json()

    assert {line["shown"] for line in lines} == {"not shown"}
    assert {line["why"] for line in lines} == {str(Why.COHORT_SMALL.sentence)}


@pytest.mark.parametrize("facilitates", [False, True])
def test_who_was_in_another_cohort_first_is_not_counted_again(spring, facilitates):
    """Also who is a facilitator there now: they may have learned there before, and have been counted."""
    autumn, long_ago = Cohort.objects.get(slug="autumn"), timezone.now() - timedelta(days=400)
    for member in people()[:3]:
        left_at = None if facilitates else long_ago
        Membership.objects.create(cohort=autumn, member=member, joined_at=long_ago, left_at=left_at, is_facilitator=facilitates)  # fmt: skip

    count_again()

    assert first_number(spring) is Why.FEW  # five of seventeen


def test_people_who_are_added_to_another_cohort_are_not_counted_there_once_more(spring):
    """D3: a new cohort of all but one would show a table without that one, within the hour."""
    count_again()
    larch = Cohort.objects.create(slug="larch", name="Larch", starts_on=today_here())
    for member in people()[1:]:
        Membership.objects.create(cohort=larch, member=member)

    count_again()

    published = Snapshot.objects.get(cohort=larch).published
    assert {shown_in(kept) for kept in published.values()} == {Why.PEOPLE_FEW}


def test_who_leaves_is_remembered_as_somebody_who_left(spring):
    count_again()
    gone = people()[-1]

    leave_cohort(cohort=spring, member=gone, by=gone)
    for step in _erase(gone):
        step()
        step()
    kept = Snapshot.objects.get(cohort=spring)

    assert str(gone.pk) not in str(kept.published) + str(kept.people)
    assert len(kept.people) == 20
    count_again(weeks=1)
    assert first_number(spring) == Number(8, 20, today_here())


def test_who_is_erased_while_the_cohort_is_counted_is_not_written_back(spring, monkeypatch):
    count_again()
    gone = people()[-1]
    leave_cohort(cohort=spring, member=gone, by=gone)

    def erased_meanwhile(cohort, now):
        found = measures(cohort, now)
        for step in _erase(gone) if cohort == spring else ():
            step()
        return found

    monkeypatch.setattr(actions, "measures", erased_meanwhile)
    count_again(weeks=1)

    assert str(gone.pk) not in str(Snapshot.objects.get(cohort=spring).people)


def test_nothing_that_is_kept_says_who_has_done_it(spring):
    """Whoever did it, the row is the same."""
    count_again()
    kept = Snapshot.objects.values("published", "people").get(cohort=spring)

    Snapshot.objects.all().delete()
    finish(spring.first, people()[12:])
    count_again()

    assert Snapshot.objects.values("published", "people").get(cohort=spring) == kept


def test_what_is_kept_is_read_back_as_it_was(spring):
    count_again()
    row = Snapshot.objects.get(cohort=spring)

    assert packed(unpacked(row.published, row.people)) == (row.published, row.people)
    assert {DEFINITIONS, PAIRS} < set(row.published)


def test_signatures_of_a_cohort_are_not_counted_because_those_of_everybody_stand_under_the_letter(
    as_, spring
):
    """D2: the total of all, less those of one cohort, would be those of the others."""
    count_again()

    assert [key for key in Snapshot.objects.get(cohort=spring).published if "letter" in key] == []
    assert 'href="/commitments/letter/"' in as_("dev").get(PAGE).text


@pytest.mark.parametrize("people_there", [14, 40])
def test_the_page_takes_the_same_queries_however_many_there_are(as_, spring, people_there):
    grow("spring", people_there)
    count_again()
    reader = as_("dev")
    reader.get(PAGE)

    with CaptureQueriesContext(connection) as queries:
        reader.get(PAGE)

    assert len(queries) == 6
