"""`pair_buddies COHORT [--dry-run]`: 0 done, 1 refused with a sentence, 2 nothing to do."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accountability.matching.actions import start_round
from accountability.matching.models import Match, PreviewFound, Round
from cohorts.models import Cohort
from core.clock import today_here
from tests.accountability.matching.hands import cohort_of, made_up, matched, wants

pytestmark = pytest.mark.django_db


@pytest.fixture
def reed(cast):
    """Ten people who fit each other, and Chioma, who fits nobody."""
    people = made_up(8)
    cohort = cohort_of(cast["dev"], cast["elu"], cast["chioma"], *people)
    wants(cast["dev"], cast["elu"], languages=("en",), times=("1e",))
    wants(*people, languages=("ar",))
    wants(cast["chioma"], languages=("es",))
    return cohort


@pytest.fixture
def seven(cast):
    """Seven people of whom one fits nobody."""
    people = made_up(6)
    cohort = cohort_of(cast["chioma"], *people)
    wants(*people, languages=("ar",))
    wants(cast["chioma"], languages=("es",))
    return cohort


def printed(*arguments):
    out = StringIO()
    call_command("pair_buddies", *arguments, stdout=out)
    return out.getvalue().splitlines()


def refused(*arguments):
    with pytest.raises(CommandError) as problem:
        call_command("pair_buddies", *arguments, stdout=StringIO())
    return problem.value.returncode, str(problem.value)


def test_it_prints_and_tells_everybody(reed):
    lines = printed("reed")

    assert lines[0] == "11 people of Reed wait for a partner. Looking for the best pairs."
    assert lines[1] == "Pair: Dev Banerjee, Elu Whitehorse"
    assert [line.split(":")[0] for line in lines[2:6]] == ["Pair"] * 4
    assert lines[6:] == [
        "Without a partner: Chioma Obi",
        "Every possible group of three was tried.",
        "Some limits were applied.",
        "All of them have been told.",
    ]
    assert ["dev", "elu"] in matched(reed)
    assert Round.objects.get().state == "done"


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_of_a_small_round_it_prints_numbers(seven, more):
    assert printed("reed", *more)[1:4] == [
        "Pairs: 3. Trios: 0. Without a partner: 1.",
        "No names: fewer than ten people are in this round.",
        "Every possible group of three was tried.",
    ]


def test_of_a_very_small_round_it_prints_nothing(cast):
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"])

    code, words = refused("reed", "--dry-run")
    assert (code, words.split(",")[0]) == (2, "Fewer than five people wait for a partner")
    assert printed("reed") == [
        "Fewer than five people of Reed wait for a partner. Looking for the best pairs.",
        "All of them have been told.",
    ]
    assert matched(cohort) == [["dev", "elu"]]


def test_a_second_time_there_is_nothing_to_do(cast):
    cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"])
    printed("reed")

    assert refused("reed") == (2, "Fewer than two people wait for a partner. Nothing was done.")


def test_a_look_tells_nobody_and_counts(reed):
    for _look in range(3):
        assert printed("reed", "--dry-run")[-1] == "Nobody was told."

    code, words = refused("reed", "--dry-run")
    assert (code, words.split(".")[0]) == (1, "All three previews of this cohort were taken today")
    assert (Match.objects.count(), Round.objects.count(), PreviewFound.objects.count()) == (0, 0, 0)


def test_beside_a_round_that_is_under_way_none_starts(cast, reed):
    start_round(cohort=reed, by=cast["ana"])

    code, words = refused("reed")
    assert (code, words.split(".")[0]) == (1, "A round of this cohort is under way")


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_in_a_cohort_that_is_over_nothing_is_started(reed, more):
    yesterday = today_here() - timedelta(days=1)
    Cohort.objects.filter(slug="reed").update(starts_on=yesterday, ends_on=yesterday)

    code, words = refused("reed", *more)
    assert (code, words.split(".")[0]) == (1, "The cohort Reed is over")


def test_an_unknown_cohort_is_named(reed):
    code, words = refused("nowhere")
    assert (code, words.split(".")[0]) == (1, "There is no cohort 'nowhere'")
