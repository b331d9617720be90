"""What becomes of a match: both say yes, one says no, nobody answers, contact is stopped, somebody leaves."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair, Place
from accountability.buddies.permissions import buddies_of
from accountability.matching.actions import (
    NoLongerPossible,
    accept_match,
    add_limit,
    decline_match,
)
from accountability.matching.actions.matches import end_old_matches, prune_matches
from accountability.matching.holdings import _erase
from accountability.matching.limits import EARLIER
from accountability.matching.models import Answers, Earlier, Match, MatchSeat
from accountability.matching.permissions import can_see_seat, seats_visible_to
from care.tokens import token_of
from core import doors
from notices.models import Notice
from notices.showing import lines
from tests.accountability.matching.hands import (
    cohort_of,
    matched,
    reports_to,
    run_round,
    seat_of,
    stops,
    wants,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reed(cast):
    """Dev and Elu are proposed to each other."""
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"], times=("1e",))
    run_round(cohort)
    return cohort


def states(*members):
    return [seat_of(member).state for member in members]


def notices_of(member):
    return Notice.objects.filter(member=member, kind="matching.round").count()


def test_both_say_yes_and_are_buddies(cast, reed):
    dev, elu = cast["dev"], cast["elu"]

    assert accept_match(by=dev, seat=seat_of(dev)) is False
    assert not Pair.objects.filter(places__member=dev).exists()
    assert accept_match(by=elu, seat=seat_of(elu)) is True

    assert list(buddies_of(dev)) == [elu]
    pair = Pair.objects.get(places__member=dev)
    assert (pair.came_about, pair.cohort) == ("matched", reed)
    assert (notices_of(dev), notices_of(elu)) == (2, 1)
    assert list(Answers.objects.filter(wanted=True)) == []


def test_a_second_yes_changes_nothing(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    for _press in range(2):
        assert accept_match(by=dev, seat=seat_of(dev)) is False
    for _press in range(2):
        assert accept_match(by=elu, seat=seat_of(elu)) is True

    assert Pair.objects.filter(places__member=dev).count() == 1


def test_of_three_all_must_say_yes(cast):
    people = [cast[name] for name in ("dev", "elu", "chioma")]
    cohort = cohort_of(*people)
    wants(*people)
    run_round(cohort)

    assert [accept_match(by=one, seat=seat_of(one)) for one in people] == [False, False, True]

    assert set(buddies_of(cast["dev"])) == {cast["elu"], cast["chioma"]}


def test_a_no_is_told_kindly_and_not_by_whom(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    accept_match(by=elu, seat=seat_of(elu))

    decline_match(by=dev, seat=seat_of(dev))
    decline_match(by=dev, seat=seat_of(dev))

    assert states(dev, elu) == ["declined", "freed"]
    assert (notices_of(dev), notices_of(elu)) == (1, 2)
    with pytest.raises(NoLongerPossible):
        accept_match(by=elu, seat=seat_of(elu))
    assert matched(reed) == [["dev", "elu"]]
    run_round(reed)
    assert matched(reed) == []


def test_a_yes_can_be_taken_back_until_all_have_said_it(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    accept_match(by=dev, seat=seat_of(dev))

    decline_match(by=dev, seat=seat_of(dev))

    assert states(dev, elu) == ["declined", "freed"]


def test_a_no_after_all_said_yes_ends_no_pair(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    accept_match(by=dev, seat=seat_of(dev))
    accept_match(by=elu, seat=seat_of(elu))

    with pytest.raises(NoLongerPossible):
        decline_match(by=dev, seat=seat_of(dev))

    assert list(buddies_of(dev)) == [elu]


def test_after_fourteen_days_without_an_answer_it_is_over(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    accept_match(by=elu, seat=seat_of(elu))
    assert end_old_matches(timezone.now() + timedelta(days=13, hours=23)) == 0

    assert end_old_matches(timezone.now() + timedelta(days=14, minutes=1)) == 1

    assert states(dev, elu) == ["lapsed", "freed"]
    assert list(Answers.objects.filter(wanted=True).values_list("member", flat=True)) == [elu.pk]
    with time_machine.travel(timezone.now() + timedelta(days=46), tick=False):
        assert prune_matches() == 1
    assert not MatchSeat.objects.exists()


def test_who_found_a_buddy_meanwhile_is_matched_with_nobody(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    accept_match(by=dev, seat=seat_of(dev))
    form_pair(members=[dev, cast["mo"]], came_about=CameAbout.ASKED)

    with pytest.raises(NoLongerPossible):
        accept_match(by=elu, seat=seat_of(elu))

    assert states(dev, elu) == ["freed", "freed"]
    assert (list(buddies_of(dev)), list(buddies_of(elu))) == ([cast["mo"]], [])


def test_who_waits_for_them_is_told_at_once(cast, reed):
    """Dev, who has a buddy by asking, is told nothing of the match, and is in no next round."""
    dev, elu = cast["dev"], cast["elu"]

    form_pair(members=[dev, cast["mo"]], came_about=CameAbout.ASKED)

    assert states(dev, elu) == ["freed", "freed"]
    assert (notices_of(dev), notices_of(elu)) == (1, 2)
    assert list(Answers.objects.filter(wanted=True)) == [elu.matching_answers]


def test_two_of_a_match_who_asked_each_other_are_buddies_and_the_match_is_over(cast, reed):
    dev, elu = cast["dev"], cast["elu"]

    form_pair(members=[dev, elu], came_about=CameAbout.ASKED)

    assert states(dev, elu) == ["freed", "freed"]
    assert (notices_of(dev), notices_of(elu)) == (1, 1)
    assert list(buddies_of(dev)) == [elu]


def test_those_who_asked_each_other_count_as_earlier_partners_from_then_on(cast, reed):
    form_pair(members=[cast["dev"], cast["elu"]], came_about=CameAbout.ASKED)

    token = token_of(cast["dev"].pk, cast["elu"].pk, purpose=EARLIER)
    assert list(Earlier.objects.filter(cohort=reed).values_list("token", "number")) == [(token, 1)]


def test_a_match_that_was_overlooked_ends_within_the_hour(cast, reed):
    """As a pair that a restored backup brought back."""
    Place.objects.create(pair=Pair.objects.create(came_about="asked"), member=cast["dev"])

    assert sum(offer(now=timezone.now()) for offer in doors.offers("hourly") if "matching" in offer.__module__) == 1  # fmt: skip

    assert states(cast["dev"], cast["elu"]) == ["freed", "freed"]


def test_contact_that_is_stopped_ends_the_match_and_tells_the_other_what_a_no_tells(cast, reed):
    dev, elu = cast["dev"], cast["elu"]
    stops(dev, elu)

    doors.ask("contact_stopped", by=dev, other=elu)

    assert states(dev, elu) == ["freed", "freed"]
    assert (notices_of(dev), notices_of(elu)) == (1, 2)


def test_not_this_person_ends_the_match_too(cast, reed):
    add_limit(by=cast["elu"], other=cast["dev"])

    assert states(cast["dev"], cast["elu"]) == ["freed", "freed"]
    assert (notices_of(cast["dev"]), notices_of(cast["elu"])) == (2, 1)


def test_a_line_of_reporting_that_came_to_be_meanwhile_holds(cast, reed):
    reports_to(cast["dev"], cast["elu"])
    accept_match(by=cast["dev"], seat=seat_of(cast["dev"]))

    with pytest.raises(NoLongerPossible):
        accept_match(by=cast["elu"], seat=seat_of(cast["elu"]))

    assert list(buddies_of(cast["dev"])) == []


def test_a_member_who_leaves_takes_everything_along(cast, reed):
    add_limit(by=cast["dev"], other=cast["ben"])

    for step in (*_erase(cast["dev"]), *_erase(cast["dev"])):
        step()

    assert states(cast["elu"]) == ["freed"]
    assert not cast["dev"].matching_limits.exists()
    assert not cast["dev"].match_seats.exists()
    assert not Answers.objects.filter(member=cast["dev"]).exists()
    assert Match.objects.count() == 1


def test_each_sees_their_own_seat_and_nobody_else_any(cast, reed):
    for name in ("dev", "elu"):
        seat = seat_of(cast[name])
        seen = {who for who, member in cast.items() if can_see_seat(member, seat)}
        listed = {
            who for who, member in cast.items() if seats_visible_to(member).filter(pk=seat.pk)
        }

        assert seen == listed == {name}


def test_a_notice_shows_how_the_match_stands_now(cast, reed):
    dev = cast["dev"]
    accept_match(by=dev, seat=seat_of(dev))
    decline_match(by=cast["elu"], seat=seat_of(cast["elu"]))

    shown = lines(dev, Notice.objects.filter(member=dev, kind="matching.round"))
    assert {str(line.shown.words) for line in shown} == {"Your match did not come about"}
