"""`pair_buddies COHORT [--dry-run]`: 0 done, 1 refused with a sentence, 2 nothing to do."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accountability.matching.actions import start_round
from accountability.matching.models import Match, PreviewFound, Round
from tests.accountability.matching.hands import cohort_of, matched, wants

pytestmark = pytest.mark.django_db


@pytest.fixture
def reed(cast):
    people = [cast[name] for name in ("dev", "elu", "chioma")]
    cohort = cohort_of(*people)
    wants(cast["dev"], cast["elu"], languages=("en",))
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
    assert printed("reed") == [
        "3 people of Reed wait for a partner. Looking for the best pairs.",
        "Pair: Dev Banerjee, Elu Whitehorse",
        "Without a partner: Chioma Obi",
        "Every possible group of three was tried.",
        "All of them have been told.",
    ]
    assert matched(reed) == [["dev", "elu"]]
    assert Round.objects.get().state == "done"


def test_a_second_time_there_is_nothing_to_do(reed):
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


def test_an_unknown_cohort_is_named(reed):
    code, words = refused("nowhere")
    assert (code, words.split(".")[0]) == (1, "There is no cohort 'nowhere'")
