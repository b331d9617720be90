"""The plan changes, a date is moved, the rhythm goes on."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from accountability.checkins.actions import MovedMeanwhile, NotThatDate, Settled, move_check_in
from accountability.checkins.models import CheckIn, Plan
from core import doors
from tests.accountability.checkins.story import (
    A_WEEK,
    FIRST,
    MONDAY,
    both_write,
    coming,
    minute,
    pair_up,
    plan_weekly,
    told,
)

pytestmark = pytest.mark.django_db
WEDNESDAY = FIRST + timedelta(days=1)


def test_an_agreement_brings_the_first_check_in_through_the_door(clock, cast):
    pair = pair_up(cast, "dev", "elu", plan=False)
    agreement = SimpleNamespace(
        rhythm="fortnightly",
        weekday=1,
        at=time(18),
        time_zone="America/Chicago",
        first_on=date(2026, 6, 9),
    )

    doors.ask("check_in_rhythm", pair=pair, agreement=agreement, now=MONDAY)

    assert (coming(pair).number, coming(pair).due_at) == (1, FIRST + A_WEEK)


def test_another_rhythm_gives_the_coming_one_its_date_and_makes_no_second(cast, pair):
    both_write(cast, pair)
    move_check_in(check_in=coming(pair), by=cast["dev"], to=WEDNESDAY, seen=coming(pair).seen_as)

    plan_weekly(pair, rhythm="fortnightly")

    assert Plan.objects.get().rhythm == "fortnightly"
    assert (CheckIn.objects.count(), coming(pair).due_at, coming(pair).moved) == (
        2,
        FIRST + 2 * A_WEEK,
        False,
    )


def test_either_moves_the_date_and_the_next_one_stays_in_the_rhythm(clock, cast, pair):
    check_in = coming(pair)

    move_check_in(check_in=check_in, by=cast["elu"], to=WEDNESDAY, seen=check_in.seen_as)
    minute(FIRST)
    assert coming(pair).number == 1
    clock.move_to(WEDNESDAY)
    minute(WEDNESDAY)

    assert told("checkins.moved") == ["dev"]
    assert (coming(pair).number, coming(pair).due_at) == (2, FIRST + A_WEEK)


def test_one_moved_past_the_next_date_leaves_that_out(clock, cast, pair):
    check_in = coming(pair)
    later = FIRST + A_WEEK + timedelta(hours=1)
    move_check_in(check_in=check_in, by=cast["elu"], to=later, seen=check_in.seen_as)
    clock.move_to(later)
    minute(later)

    assert coming(pair).due_at == FIRST + 2 * A_WEEK


@pytest.mark.parametrize(
    "to", [MONDAY, MONDAY - timedelta(hours=1), MONDAY + timedelta(days=60, minutes=1)]
)
def test_only_to_the_future_and_not_too_far(cast, pair, to):
    check_in = coming(pair)

    with pytest.raises(NotThatDate):
        move_check_in(check_in=check_in, by=cast["dev"], to=to, seen=check_in.seen_as)

    assert coming(pair).due_at == FIRST


def test_two_who_move_at_once_see_each_others_date(cast, pair):
    check_in = coming(pair)
    seen = check_in.seen_as
    move_check_in(check_in=check_in, by=cast["dev"], to=WEDNESDAY, seen=seen)

    with pytest.raises(MovedMeanwhile):
        move_check_in(
            check_in=check_in, by=cast["elu"], to=WEDNESDAY + timedelta(hours=1), seen=seen
        )

    assert coming(pair).due_at == WEDNESDAY


def test_the_form_takes_the_time_of_ones_own_clock(as_, cast, pair):
    elu = cast["elu"]
    elu.time_zone = "Europe/Madrid"
    elu.save()
    check_in = coming(pair)
    address = f"/buddy/check-ins/{check_in.pk}/move/"
    sent = {"day": "2026-06-04", "at": "20:15", "seen": check_in.seen_as}

    answers = [as_("elu").post(address, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert coming(pair).due_at == datetime(2026, 6, 4, 18, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "day", ["2026-05-01", "2027-01-01", "9999-12-31", "0001-01-01", "soon", ""]
)
def test_a_day_that_cannot_be_is_answered_with_a_sentence(as_, cast, pair, day):
    check_in = coming(pair)
    sent = {"day": day, "at": "20:15", "seen": check_in.seen_as}

    answer = as_("dev").post(f"/buddy/check-ins/{check_in.pk}/move/", sent)

    assert (answer.status_code, "This needs your attention" in answer.content.decode()) == (
        200,
        True,
    )
    assert coming(pair).due_at == FIRST


def test_one_that_has_passed_is_not_moved(cast, pair):
    check_in = both_write(cast, pair)

    with pytest.raises(Settled):
        move_check_in(check_in=check_in, by=cast["dev"], to=WEDNESDAY, seen=check_in.seen_as)


def test_a_worker_that_slept_for_weeks_makes_one_and_not_five(clock, pair):
    five = FIRST + 5 * A_WEEK
    clock.move_to(five)

    for _ in range(3):
        minute(five)

    assert CheckIn.objects.count() == 2
    assert coming(pair).due_at == FIRST + 6 * A_WEEK
