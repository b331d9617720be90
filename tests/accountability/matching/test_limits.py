"""Who is never matched with whom: each limit, in both directions, alone and in a trio."""

from itertools import combinations

import pytest
from django.utils import timezone

from accountability.buddies.actions import form_pair, leave_pair
from accountability.buddies.choices import CameAbout
from accountability.matching.actions import (
    add_limit,
    add_names,
    remove_limit,
    start_round,
    want_round,
)
from accountability.matching.actions.matches import prune_matches
from accountability.matching.actions.partners import prune_earlier
from accountability.matching.limits import kept_apart
from accountability.matching.models import Earlier, Limit, MatchSeat, Round
from accountability.matching.people import waiting_in
from accountability.matching.planning import plan
from accountability.matching.reading import limits_of
from accounts.models import User
from core.crypto import owners
from core.models import DataKey, KeyOwner
from core.tasks import work_off
from tests.accountability.matching.hands import (
    cohort_of,
    first,
    made_up,
    matched,
    reports_to,
    run_round,
    stops,
    told_kindly,
    wants,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    """Dev and Elu, alone in a cohort, who both want a buddy."""
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"], languages=("en",))
    return cohort


def test_without_a_limit_two_are_matched(two):
    run_round(two)

    assert (matched(two), told_kindly(two)) == ([["dev", "elu"]], [])


def test_ben_and_jo_are_never_matched_for_jo_reports_to_ben(cast):
    """Also where everybody else would be without a partner, and where it would be the best of all pairs."""
    cohort = cohort_of(cast["ben"], cast["jo"])
    reports_to(cast["jo"], cast["ben"])
    wants(cast["ben"], cast["jo"], languages=("en",), times=("1e", "2e"), rhythm="weekly")

    run_round(cohort)

    assert (matched(cohort), told_kindly(cohort)) == ([], ["ben", "jo"])


def test_nor_are_those_between_whom_others_stand(cast):
    cohort = cohort_of(cast["ben"], cast["hana"])
    reports_to(cast["hana"], cast["jo"])
    reports_to(cast["jo"], cast["ben"])
    wants(cast["ben"], cast["hana"])

    run_round(cohort)

    assert matched(cohort) == []


@pytest.mark.parametrize(("by", "other"), [("dev", "elu"), ("elu", "dev")])
def test_not_this_person_holds_in_both_directions(cast, two, by, other):
    add_limit(by=cast[by], other=cast[other])
    add_limit(by=cast[by], other=cast[other])

    run_round(two)

    assert matched(two) == []
    assert Limit.objects.filter(member=cast[by]).count() == 1


def test_it_holds_where_it_cannot_be_opened(cast, two):
    add_limit(by=cast["dev"], other=cast["elu"])
    sealed = Limit._meta.get_field("other")
    Limit.objects.update(other=sealed.seal("moved", Limit(member=cast["elu"])))

    run_round(two)

    assert matched(two) == []


@pytest.mark.parametrize("written", ["Elu Whitehorse", "elu  WHITEHORSE", "É\u200blu Whitehorse"])
def test_a_name_holds_for_everybody_of_it_however_it_is_written(cast, two, written):
    add_names(by=cast["dev"], names=[written])

    run_round(two)

    assert matched(two) == []


def test_a_name_holds_for_who_comes_later(cast):
    """A7: when it is written nobody of that name is here, and nothing tells so."""
    add_names(by=cast["dev"], names=["Later Born"])
    late = User.objects.create(email="late@example.org", chosen_name="Later Born")
    cohort = cohort_of(cast["dev"], late)
    wants(cast["dev"], late)

    run_round(cohort)

    assert matched(cohort) == []


def test_whom_one_knew_by_name_stays_away_under_another_name(cast, two):
    add_names(by=cast["dev"], names=["Elu Whitehorse"])
    User.objects.filter(pk=cast["elu"].pk).update(chosen_name="Elu Brighthorse")

    run_round(two)

    assert matched(two) == []


def test_a_name_holds_where_its_line_cannot_be_opened(cast, two):
    add_names(by=cast["dev"], names=["Elu Whitehorse"])
    sealed = Limit._meta.get_field("other")
    Limit.objects.update(other=sealed.seal("moved", Limit(member=cast["elu"])))

    run_round(two)

    assert matched(two) == []


def test_one_s_own_name_and_half_a_name_keep_nobody_away(cast, two):
    add_names(by=cast["dev"], names=["Dev Banerjee", "Elu", "Whitehorse"])

    run_round(two)

    assert matched(two) == [["dev", "elu"]]


def test_a_name_ends_a_match_that_waits(cast, two):
    run_round(two)

    add_names(by=cast["dev"], names=["elu whitehorse"])

    assert list(MatchSeat.objects.values_list("state", flat=True)) == ["freed", "freed"]


@pytest.mark.parametrize("how", ["by id", "by name"])
def test_with_a_damaged_key_of_one_s_own_it_is_kept_and_holds(cast, two, how):
    """What nobody can seal for Dev any more is an empty line; the token alone keeps the two apart."""
    DataKey.objects.filter(owner__in=KeyOwner.objects.filter(ref=cast["dev"].pk).values_list("pk")).update(wrapped=b"damaged")  # fmt: skip
    owners.forget()

    for _press in range(2):
        if how == "by id":
            add_limit(by=cast["dev"], other=cast["elu"])
        else:
            add_names(by=cast["dev"], names=["Elu Whitehorse"])

    assert [line.is_shut for line in limits_of(cast["dev"])] == [True]
    ids = [cast["dev"].pk, cast["elu"].pk]
    assert kept_apart(ids) == {(0, 1)}


def test_taken_back_it_does_not_hold(cast, two):
    add_limit(by=cast["dev"], other=cast["elu"])
    remove_limit(by=cast["dev"], limit=Limit.objects.get(member=cast["dev"]))

    run_round(two)

    assert matched(two) == [["dev", "elu"]]


@pytest.mark.parametrize(("by", "other"), [("dev", "elu"), ("elu", "dev")])
def test_stopped_contact_holds_in_both_directions(cast, two, by, other):
    stops(cast[by], cast[other])

    run_round(two)

    assert matched(two) == []


def test_who_asked_for_outside_only_gets_no_colleague(cast):
    cohort = cohort_of(cast["ben"], cast["hana"], cast["elu"])
    wants(cast["hana"], cast["elu"])
    wants(cast["ben"], outside="only")

    run_round(cohort)

    assert matched(cohort) in ([["ben", "elu"]], [["elu", "hana"]])


def test_in_a_trio_all_limits_hold_for_all_three(cast):
    """Dev may meet Elu and Chioma, who keep apart from each other: no trio, and one is told kindly."""
    cohort = cohort_of(cast["dev"], cast["elu"], cast["chioma"])
    wants(cast["dev"], cast["elu"], cast["chioma"])
    add_limit(by=cast["elu"], other=cast["chioma"])

    run_round(cohort)

    assert [len(group) for group in matched(cohort)] == [2]
    assert len(told_kindly(cohort)) == 1


def test_with_an_odd_number_there_is_a_trio(cast):
    cohort = cohort_of(cast["dev"], cast["elu"], cast["chioma"])
    wants(cast["dev"], cast["elu"], cast["chioma"])

    run_round(cohort)

    assert matched(cohort) == [["chioma", "dev", "elu"]]


def test_who_has_a_buddy_or_rests_or_wants_none_is_in_no_round(cast):
    people = [cast[name] for name in ("dev", "elu", "chioma", "marisol", "hana")]
    cohort = cohort_of(*people)
    wants(*people)
    pair = form_pair(members=people[:2], came_about=CameAbout.ASKED)
    pair.places.filter(member=cast["elu"]).update(resting_since=timezone.now())
    want_round(by=cast["hana"], wanted=False)

    there = {first(row.member) for row in waiting_in(cohort)}

    assert there == {"chioma", "marisol"}


@pytest.mark.parametrize("came_about", CameAbout.values)
def test_earlier_partners_are_not_matched_for_three_rounds(cast, two, came_about):
    """Also those who had asked each other. What is kept of them names nobody."""
    pair = form_pair(members=[cast["dev"], cast["elu"]], came_about=came_about)
    leave_pair(pair=pair, by=cast["dev"])
    assert not waiting_in(two).exists()

    for _round in range(3):
        wants(cast["dev"], cast["elu"])
        run_round(two)
        assert matched(two) == []
    run_round(two)

    assert matched(two) == [["dev", "elu"]]
    row = Earlier.objects.get(cohort=two)
    names = {str(member.pk) for member in (cast["dev"], cast["elu"])}
    assert names.isdisjoint({str(getattr(row, field.attname)) for field in Earlier._meta.fields})


def test_the_number_of_rounds_is_a_setting(cast, two, settings):
    settings.MATCHING_EARLIER_ROUNDS = 1
    leave_pair(pair=form_pair(members=[cast["dev"], cast["elu"]], came_about=CameAbout.ASKED), by=cast["dev"])  # fmt: skip
    wants(cast["dev"], cast["elu"])

    run_round(two)
    assert matched(two) == []
    assert prune_earlier() == 1
    run_round(two)

    assert matched(two) == [["dev", "elu"]]


def test_answers_that_do_not_open_leave_their_member_out_and_no_other(cast):
    people = [cast[name] for name in ("dev", "elu", "chioma")]
    cohort = cohort_of(*people)
    wants(*people)
    row = cast["chioma"].matching_answers
    type(row).objects.filter(pk=row.pk).update(said=type(row)._meta.get_field("said").seal("{}", type(row)(member=cast["dev"])))  # fmt: skip

    run_round(cohort)

    assert (matched(cohort), told_kindly(cohort)) == ([["dev", "elu"]], ["chioma"])


def test_a_round_asks_the_database_as_often_for_three_as_for_thirty(
    cast, django_assert_num_queries
):
    """The people, lines of reporting, limits, stops, earlier partners; the keys stand ready."""
    small = cohort_of(*made_up(3), slug="small")
    for member in small.memberships.all():
        want_round(by=member.member, wanted=True)
    with django_assert_num_queries(5):
        plan(cohort=small, number=1, seed=1)
    people = [cast[name] for name in sorted(cast)]
    large = cohort_of(*people, slug="large")
    for member in people:
        want_round(by=member, wanted=True)
    with django_assert_num_queries(5):
        plan(cohort=large, number=1, seed=1)


def test_in_a_round_of_a_hundred_no_limit_is_broken(cast):
    people = made_up(101)
    cohort = cohort_of(*people)
    for member in people:
        want_round(by=member, wanted=True)
    for at, member in enumerate(people[:60]):
        add_limit(by=member, other=people[(at * 7 + 1) % 101])
        if (
            at % 3 != 2
        ):  # lines of three: each reports to the next, the first over the second to the third
            reports_to(people[at], people[at + 1])

    start_round(cohort=cohort, by=None)
    work_off()

    apart = {frozenset((at, (at * 7 + 1) % 101)) for at in range(60)}
    apart |= {frozenset((at, over)) for at in range(60) for over in range(at + 1, at + 3 - at % 3)}
    place = {member.pk: at for at, member in enumerate(people)}
    groups: dict = {}
    for match, member in MatchSeat.objects.values_list("match", "member"):
        groups.setdefault(match, []).append(place[member])
    together = [two for group in groups.values() for two in combinations(sorted(group), 2)]
    assert sorted(one for group in groups.values() for one in group) == list(range(101))
    assert [two for two in together if frozenset(two) in apart] == []
    assert Round.objects.get().state == "done"
    assert prune_matches() == 0
