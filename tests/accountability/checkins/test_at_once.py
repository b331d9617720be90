"""Two at the same moment: one takes effect, the other finds it done or gets a sentence, and nothing is doubled (H7)."""

from datetime import timedelta

import pytest

from accountability.buddies.actions import leave_pair, rest
from accountability.buddies.models import Place
from accountability.checkins.actions import (
    Gone,
    Outcome,
    answer_asking,
    hand_in,
    make_link,
    rename_link,
    stop_link,
)
from accountability.checkins.actions.settling import settle_due
from accountability.checkins.choices import Answer
from accountability.checkins.models import Asking, CalendarLink, CheckIn, Part, PartDraft
from accountability.checkins.texts import words_of
from tests.accountability.checkins.hands import at_once
from tests.accountability.checkins.story import DEVS, ELUS, FIRST, MONDAY, coming, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_workers_settle_the_same_check_in_once(clock, cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    clock.move_to(FIRST)

    at_once(*[lambda: settle_due(FIRST)] * 3)

    assert words_of(Part.objects.get()) == DEVS
    assert sorted(CheckIn.objects.values_list("number", flat=True)) == [1, 2]
    assert told("checkins.open") == ["elu"]


def test_somebody_hands_in_while_the_worker_settles(clock, cast, pair):
    """Whichever comes first: both parts stand before both, and one check-in comes."""
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    clock.move_to(FIRST)

    _settled, outcome = at_once(
        lambda: settle_due(FIRST),
        lambda: hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0),
    )

    assert outcome is Outcome.SHARED
    assert sorted(words_of(row).did for row in Part.objects.all()) == ["", DEVS.did]
    assert not PartDraft.objects.exists()
    assert CheckIn.objects.coming().get().number == 2


def test_both_hand_in_last(cast, pair):
    check_in = coming(pair)

    outcomes = at_once(
        lambda: hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0),
        lambda: hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0),
    )

    assert {outcome.value for outcome in outcomes} == {"handed in", "shared"}
    assert Part.objects.count() == 2
    assert coming(pair).number == 2


def test_one_rests_while_the_other_hands_in(cast, pair):
    check_in = coming(pair)

    at_once(
        lambda: rest(pair=pair, by=cast["elu"]),
        lambda: hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0),
    )

    assert words_of(Part.objects.get()) == DEVS
    assert coming(pair).number == 2


def test_somebody_leaves_while_the_other_hands_in(clock, cast, pair):
    """Whichever comes first. A minute after the check-in was made: one made at the moment of leaving is for who stays."""
    check_in = coming(pair)
    clock.shift(timedelta(minutes=1))

    _left, outcome = at_once(
        lambda: leave_pair(pair=pair, by=cast["elu"]),
        lambda: hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0),
    )

    draft = PartDraft.objects.get()
    assert outcome in (Outcome.HANDED_IN, Outcome.KEPT)
    assert (words_of(draft), draft.handed_in_at, draft.kept_since is None) == (DEVS, None, False)


def test_the_link_is_stopped_while_it_gets_another_title(cast, pair):
    place = Place.objects.get(member=cast["dev"])
    make_link(place=place, by=cast["dev"], title="One")
    link = CalendarLink.objects.select_related("place").get()

    _stopped, renamed = at_once(
        lambda: stop_link(place=place, by=cast["dev"]),
        lambda: rename_link(link=link, by=cast["dev"], title="Two"),
    )

    assert renamed is None or isinstance(renamed, Gone)
    assert not CalendarLink.objects.exists()


def test_a_link_is_made_while_the_pair_is_left(cast, pair):
    place = Place.objects.get(member=cast["dev"])

    at_once(
        lambda: leave_pair(pair=pair, by=cast["dev"]),
        lambda: make_link(place=place, by=cast["dev"], title=""),
    )

    assert not CalendarLink.objects.exists()


def test_buttons_of_what_went_meanwhile_raise_gone(cast, pair):
    """The page was read, then the pair was removed with everything in it, then the button was heard."""
    check_in, place = coming(pair), Place.objects.get(member=cast["dev"])
    make_link(place=place, by=cast["dev"], title="One")
    link = CalendarLink.objects.select_related("place").get()
    Asking(place=place, member=cast["dev"], asked_at=MONDAY, settled_at=None).save()
    asking = Asking.objects.select_related("place").get()
    pair.delete()

    for act in (
        lambda: hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0),
        lambda: answer_asking(asking=asking, by=cast["dev"], answer=Answer.REST),
        lambda: rename_link(link=link, by=cast["dev"], title="Two"),
        lambda: make_link(place=place, by=cast["dev"], title="Two"),
    ):
        with pytest.raises(Gone):
            act()
