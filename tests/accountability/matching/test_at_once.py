"""Rounds, pairs and lists that meet at the same moment: each comes after the other, and nobody is forgotten."""

import pytest

from accountability.buddies.actions import NotPossible, form_pair
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair
from accountability.matching.actions import accept_match, add_limit, rounds, start_round
from accountability.matching.actions.claims import begun
from accountability.matching.actions.rounds import run
from accountability.matching.models import MatchSeat, Round, Unmatched
from notices.models import Notice
from tests.accountability.buddies.test_at_once import at_once
from tests.accountability.matching.hands import cohort_of, first, run_round, seat_of, wants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both(cast):
    """Dev waits in two cohorts: with Elu in the one, with Chioma in the other. Both rounds are started and taken."""
    wanted = []
    for slug, name in (("reed", "elu"), ("sedge", "chioma")):
        cohort = cohort_of(cast["dev"], cast[name], slug=slug)
        wants(cast["dev"], cast[name])
        wanted.append(start_round(cohort=cohort, by=None))
    for round_ in wanted:
        begun(Round, round_.pk)
    return wanted


def seated():
    return sorted(first(seat.member) for seat in MatchSeat.objects.select_related("member"))


def told_kindly():
    return sorted(first(row.member) for row in Unmatched.objects.select_related("member"))


def told(cast):
    rows = Notice.objects.filter(kind="matching.round")
    return sorted(first(row.member) for row in rows.select_related("member"))


def test_rounds_of_two_cohorts_that_found_the_same_member_seat_them_once(cast, both):
    """Both know their pairs before either writes; whoever comes second tells the other one kindly."""
    outcomes = at_once(*(lambda round_=round_: run(round_) for round_ in both))

    assert [type(outcome).__name__ for outcome in outcomes] == ["Plan", "Plan"]
    assert set(Round.objects.values_list("state", flat=True)) == {"done"}
    assert (seated(), told_kindly()) in [(["dev", "elu"], ["chioma"]), (["chioma", "dev"], ["elu"])]
    assert told(cast) == ["chioma", "dev", "elu"]


def test_what_one_round_found_before_another_one_wrote_is_looked_at_again(cast, both):
    first_, second = both
    found = rounds.plan(cohort=second.cohort, number=second.number, seed=second.seed)
    run(first_)

    groups, left = rounds._as_things_stand(second, found)

    assert (groups, left) == ([], [cast["chioma"].pk])


@pytest.mark.parametrize("_again", range(3))
def test_a_round_and_a_pair_by_asking_come_one_after_the_other(cast, both, _again):
    pair = lambda: form_pair(members=[cast["dev"], cast["mo"]], came_about=CameAbout.ASKED)  # noqa: E731
    outcomes = at_once(lambda: run(both[0]), pair)

    assert [type(outcome).__name__ for outcome in outcomes] == ["Plan", "Pair"]
    assert not MatchSeat.objects.under_way().exists()
    assert "elu" in told(cast)


@pytest.mark.parametrize("_again", range(3))
def test_two_of_a_match_who_find_other_buddies_at_once_do_not_wait_for_each_other(cast, _again):
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"])
    run_round(cohort)

    outcomes = at_once(
        lambda: form_pair(members=[cast["dev"], cast["mo"]], came_about=CameAbout.ASKED),
        lambda: form_pair(members=[cast["elu"], cast["fay"]], came_about=CameAbout.ASKED),
        lambda: add_limit(by=cast["dev"], other=cast["elu"]),
    )

    assert [type(outcome).__name__ for outcome in outcomes] == ["Pair", "Pair", "NoneType"]
    assert list(MatchSeat.objects.values_list("state", flat=True)) == ["freed", "freed"]


@pytest.mark.parametrize("_again", range(3))
def test_the_last_yes_and_a_pair_by_asking_make_one_pair(cast, _again):
    dev, elu = cast["dev"], cast["elu"]
    cohort = cohort_of(dev, elu)
    wants(dev, elu)
    run_round(cohort)
    accept_match(by=dev, seat=seat_of(dev))

    outcomes = at_once(
        lambda: accept_match(by=elu, seat=seat_of(elu)),
        lambda: form_pair(members=[dev, cast["mo"]], came_about=CameAbout.ASKED),
    )

    assert sum(isinstance(one, Exception) for one in outcomes) == 1
    assert not any(type(one).__name__ == "OperationalError" for one in outcomes)
    assert isinstance(outcomes[1], (Pair, NotPossible))
    assert Pair.objects.filter(places__member=dev, ended_at=None).count() == 1
    assert not MatchSeat.objects.under_way().exists()
