"""What a page may show of a count, week by week."""

import itertools
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.suppression import Counted, Kind, Number, Why, publish
from tests.core.suppression.adversary import Story
from tests.core.suppression.histories import histories, monday, weeks_of


def shown(totals, people, kind=Kind.LASTING):
    """What is on show in each week."""
    return [published.shown for published in Story(weeks_of(totals, people, kind)).seen]


def test_a_number_has_six_people_on_either_side():
    assert [shown([count], 15)[0] for count in (0, 5, 6, 9, 10, 15)] == [
        Why.FEW,
        Why.FEW,
        Number(6, 15, monday(0)),
        Number(9, 15, monday(0)),
        Why.NEARLY_ALL,
        Why.NEARLY_ALL,
    ]


@pytest.mark.parametrize(("people", "why"), [(4, Why.COHORT_SMALL), (9, Why.COHORT_SMALL), (10, Why.PEOPLE_FEW), (11, Why.PEOPLE_FEW)])  # fmt: skip
def test_a_small_cohort_shows_nothing_whatever_was_done(people, why):
    assert {shown([count], people)[0] for count in range(people + 1)} == {why}


def test_a_number_moves_when_six_more_have_done_it_and_keeps_its_day_until_then():
    assert shown([7, 9, 12, 13, 13], 30) == [
        Number(7, 30, monday(0)),
        Number(7, 30, monday(0)),
        Number(7, 30, monday(0)),
        Number(13, 30, monday(3)),
        Number(13, 30, monday(3)),
    ]


def test_each_who_comes_or_goes_makes_the_step_longer():
    """D4: eight more, but three of them may be the three who came. Nine more are six others at least."""
    before = Counted(monday(0), frozenset(range(40)), frozenset(range(10)))
    members = frozenset(range(43))

    eight, nine = (
        publish(publish(None, before), Counted(monday(1), members, frozenset(range(count)))).shown
        for count in (18, 19)
    )

    assert (eight, nine) == (Number(10, 40, monday(0)), Number(19, 43, monday(1)))


def test_a_number_gives_way_to_nearly_all_only_where_each_of_its_meanings_is_six_away():
    assert shown([19, 30], 30)[1] is Why.NEARLY_ALL
    assert shown([20, 30], 30)[1] == Number(20, 30, monday(0))


def test_a_cohort_that_shrinks_below_ten_shows_nothing_more():
    weeks = weeks_of([7, 7], 14)
    weeks[1] = Counted(monday(1), frozenset(range(9)), frozenset(range(7)), Kind.LASTING)

    assert [published.shown for published in Story(weeks).seen] == [
        Number(7, 14, monday(0)),
        Why.COHORT_SMALL,
    ]


def test_looking_again_within_the_week_changes_nothing():
    first = publish(None, weeks_of([7], 30)[0])
    all_done = frozenset(range(30))

    sooner, later = (
        publish(first, Counted(monday(1) - timedelta(days=days), all_done, all_done, Kind.LASTING))
        for days in (1, 0)
    )

    assert sooner is first
    assert later.shown is Why.NEARLY_ALL


def test_names_stand_beside_numbers_of_others_alone():
    """Four wish to be named and are; the number is of the fourteen who are not."""
    everybody = frozenset(range(18))
    now = Counted(monday(0), everybody, frozenset(range(10)), Kind.LASTING, wishing=frozenset(range(4)))  # fmt: skip

    published = publish(None, now)

    assert published.named == frozenset(range(4))
    assert published.shown == Number(6, 14, monday(0))


@pytest.mark.parametrize(("left", "named"), [(0, True), (1, False), (5, False), (6, True)])
def test_names_are_shown_while_nobody_or_six_are_left_without(left, named):
    everybody = frozenset(range(20))
    wishing = frozenset(range(20 - left))

    published = publish(None, Counted(monday(0), everybody, everybody, wishing=wishing))

    assert published.named == (wishing if named else Why.NAMES_TELL)


def test_who_is_known_is_not_counted_on_for_hiding():
    """Nine have promised it, three of them in public: six are left, of seventeen."""
    now = Counted(monday(0), frozenset(range(20)), frozenset(range(9)), apart=frozenset(range(3)))

    assert publish(None, now).shown == Number(6, 17, monday(0))


def test_pairs_are_measured_by_how_many_there_could_be():
    """How many pairs there are is a secret itself, so their number decides nothing."""
    thirty = frozenset(range(30))

    values = [
        publish(None, Counted(monday(0), thirty, frozenset(range(pairs)), in_pairs=True)).shown
        for pairs in (3, 6, 9, 12)
    ]

    assert values == [Why.FEW, Number(6, 15, monday(0)), Number(9, 15, monday(0)), Why.NEARLY_ALL]
    assert publish(None, Counted(monday(0), frozenset(range(23)), frozenset(range(8)), in_pairs=True)).shown is Why.PEOPLE_FEW  # fmt: skip


def test_pairs_are_not_named_and_do_not_last():
    with pytest.raises(ValueError, match="pairs"):
        Counted(monday(0), frozenset(range(30)), frozenset(), Kind.LASTING, in_pairs=True)


def test_every_reason_is_a_sentence():
    assert [str(why.sentence)[-1] for why in Why] == ["."] * 6
    assert str(Why.FEW.words) == "few"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(Kind).flatmap(histories), st.integers(0, 2**32))
def test_who_it_is_makes_no_difference(weeks, seed):
    """The same number of others published the same: no publication depends on who has done it."""
    story = Story(weeks)
    before = None
    for now, seen, counted in zip(weeks, story.seen, story.counted, strict=True):
        others = frozenset(Random(seed).sample(sorted(counted), len(now.yes & counted)))
        assert publish(before, Counted(now.on, now.members, others, now.kind, now.apart, now.wishing)) == seen  # fmt: skip
        before = seen


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(Kind).flatmap(histories))
def test_behind_two_numbers_that_follow_each_other_six_who_were_there_both_times_differ(weeks):
    story = Story(weeks)
    made = [week for week in range(len(weeks)) if not story.hidden(week)]
    for first, second in itertools.pairwise(made):
        if all(isinstance(story.seen[week].shown, Number) for week in range(first, second)):
            both = story.counted[first] & story.counted[second]
            assert len((weeks[first].yes ^ weeks[second].yes) & both) >= 6
