"""A rest begins and ends by whichever button; the check-ins go on, and no pair is stuck without one."""

from datetime import timedelta

import pytest

from accountability.buddies.actions import rest, resume
from accountability.buddies.models import Place
from accountability.checkins.actions import Outcome, answer_asking, hand_in
from accountability.checkins.choices import Answer
from accountability.checkins.models import Asking, CheckIn, Part
from accountability.checkins.texts import Words
from tests.accountability.checkins.story import (
    A_WEEK,
    DEVS,
    FIRST,
    coming,
    hour,
    minute,
    pair_up,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def both_rest_over_a_date(clock, cast, pair):
    for name in ("dev", "elu"):
        rest(pair=pair, by=cast[name])
    clock.move_to(FIRST)
    minute(FIRST)
    hour(FIRST)
    assert coming(pair) is None
    clock.move_to(FIRST + A_DAY)


@pytest.mark.parametrize("button", ["/buddy/{}/resume/", "/buddy/check-ins/back/"])
def test_each_button_brings_the_check_ins_back(clock, as_, cast, pair, button):
    both_rest_over_a_date(clock, cast, pair)

    answers = [as_("elu").post(button.format(pair.pk)).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert coming(pair).due_at == FIRST + A_WEEK
    asking = Asking.objects.get(place__member=cast["elu"])
    assert (asking.after, asking.settled_at is None) == (1, False)


def test_writing_for_one_that_passed_ends_the_rest_and_brings_them_back(clock, cast, pair):
    first = coming(pair)
    both_rest_over_a_date(clock, cast, pair)

    outcome = hand_in(check_in=first, by=cast["dev"], words=DEVS, seen=0)

    assert outcome is Outcome.SHARED
    assert coming(pair).due_at == FIRST + A_WEEK
    assert Place.objects.get(member=cast["dev"]).resting_since is None


def test_who_rests_is_waited_for_no_longer(as_, cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)

    as_("elu").post(f"/buddy/{pair.pk}/rest/")

    check_in.refresh_from_db()
    assert check_in.revealed_at is not None
    assert Part.objects.get().member == cast["dev"]
    assert coming(pair).number == 2


def test_of_three_the_others_are_waited_for(cast, clock):
    trio = pair_up(cast, "jo", "ben", "hana")
    hand_in(check_in=coming(trio), by=cast["jo"], words=Words(did="jo"), seen=0)

    rest(pair=trio, by=cast["ben"])
    early = Part.objects.count()
    rest(pair=trio, by=cast["hana"])

    assert (early, Part.objects.count()) == (0, 1)


def test_a_pair_that_is_stuck_gets_its_next_one_from_the_worker(clock, cast, pair):
    """Whatever led there: a row was changed by hand, or a process died between two steps."""
    both_rest_over_a_date(clock, cast, pair)
    Place.objects.filter(member=cast["dev"]).update(resting_since=None)

    for _ in range(2):
        hour(FIRST + A_DAY)

    assert coming(pair).due_at == FIRST + A_WEEK
    assert CheckIn.objects.filter(pair=pair).count() == 2


def test_a_pair_that_rests_altogether_and_one_without_a_plan_get_none(clock, cast, pair):
    bare = pair_up(cast, "jo", "ben", plan=False)
    both_rest_over_a_date(clock, cast, pair)

    hour(FIRST + A_DAY)

    assert (coming(pair), coming(bare)) == (None, None)


def test_coming_back_is_a_word_to_who_was_asked(clock, cast, pair):
    """Who was asked, chose a rest and came back within the week is not put to rest again at its end."""
    for _ in range(2):
        due = coming(pair).due_at
        clock.move_to(due)
        minute(due)
        clock.move_to(due + A_DAY)
        hour(due + A_DAY)
    asking = Asking.objects.get(member=cast["elu"], settled_at__isnull=True)
    answer_asking(asking=asking, by=cast["elu"], answer=Answer.REST)
    resume(pair=pair, by=cast["elu"])
    said = Asking.objects.get(member=cast["elu"]).said

    clock.move_to(FIRST + 2 * A_WEEK + A_DAY)
    hour(FIRST + 2 * A_WEEK + A_DAY)

    resting = {place.member for place in Place.objects.filter(resting_since__isnull=False)}
    assert (said, resting) == ("", {cast["dev"]})
