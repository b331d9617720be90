"""Each writes alone first; all see all when all are in, at the latest on the date."""

import re
from datetime import timedelta

import pytest

from accountability.buddies.models import Place
from accountability.checkins.actions import (
    Conflict,
    Outcome,
    change_part,
    hand_in,
    save_draft,
    settle_when_due,
    skip,
    take_back,
    take_part_again,
)
from accountability.checkins.counting import check_ins_happened
from accountability.checkins.models import CheckIn, Part, PartDraft, PartVersion
from accountability.checkins.texts import Words, words_of
from cohorts.models import Cohort
from tests.accountability.checkins.story import (
    A_WEEK,
    DEVS,
    ELUS,
    FIRST,
    MONDAY,
    both_write,
    coming,
    minute,
    pair_up,
    told,
    typed,
)

pytestmark = pytest.mark.django_db


def shown(check_in):
    """Who told what, by first name."""
    rows = Part.objects.filter(check_in=check_in).select_related("member")
    return {row.member.chosen_name.split()[0].lower(): words_of(row) for row in rows}


def test_all_see_all_when_both_are_in_and_the_next_one_is_made(cast, pair):
    check_in = coming(pair)

    first = hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    before = shown(check_in)
    second = hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)

    assert (first, before, second) == (Outcome.HANDED_IN, {}, Outcome.SHARED)
    assert shown(check_in) == {"dev": DEVS, "elu": ELUS}
    assert not PartDraft.objects.exists()
    assert (coming(pair).number, coming(pair).due_at) == (2, FIRST + A_WEEK)
    assert told("checkins.open") == ["dev"]


def test_on_the_date_those_who_are_in_see_each_other(clock, cast, pair):
    trio = pair_up(cast, "jo", "ben", "marisol")
    for name in ("jo", "ben"):
        hand_in(check_in=coming(trio), by=cast[name], words=Words(did=name), seen=0)
    check_in = coming(trio)
    clock.move_to(FIRST)

    minute(FIRST)
    minute(FIRST)

    assert shown(check_in) == {"jo": Words(did="jo"), "ben": Words(did="ben")}
    assert told("checkins.open") == ["ben", "jo", "marisol"]
    assert CheckIn.objects.filter(pair=trio).count() == 2


def test_a_trio_waits_for_the_third(cast, clock):
    trio = pair_up(cast, "jo", "ben", "marisol")
    check_in = coming(trio)
    for name in ("jo", "ben"):
        hand_in(check_in=check_in, by=cast[name], words=Words(did=name), seen=0)
    assert shown(check_in) == {}

    skip(check_in=check_in, by=cast["marisol"])

    assert set(shown(check_in)) == {"jo", "ben"}


def test_who_writes_after_the_date_stands_before_the_others_at_once(clock, cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    clock.move_to(FIRST + timedelta(hours=1))
    minute(FIRST + timedelta(hours=1))

    outcome = hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)

    assert outcome is Outcome.SHARED
    assert shown(check_in) == {"dev": DEVS, "elu": ELUS}
    assert told("checkins.open") == ["dev", "elu"]


def test_one_that_all_skip_simply_passes(clock, cast, pair):
    check_in = coming(pair)
    for name in ("dev", "elu"):
        skip(check_in=check_in, by=cast[name])
    clock.move_to(FIRST)
    minute(FIRST)

    check_in.refresh_from_db()
    assert (check_in.settled_at, check_in.revealed_at) == (FIRST, None)
    assert coming(pair).number == 2
    assert told("checkins.open") == []


def test_a_skip_is_taken_back_and_the_text_is_still_there(cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    skip(check_in=check_in, by=cast["dev"])
    skip(check_in=check_in, by=cast["dev"])
    take_part_again(check_in=check_in, by=cast["dev"])

    hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)

    draft = PartDraft.objects.get(member=cast["dev"])
    assert (words_of(draft), draft.handed_in_at) == (DEVS, None)
    assert shown(check_in) == {}


def test_what_was_handed_in_can_be_taken_back_until_others_read_it(cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    take_back(check_in=check_in, by=cast["dev"])

    hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)

    assert shown(check_in) == {}


def test_the_same_form_twice_hands_in_once(as_, cast, pair):
    check_in = coming(pair)
    address = f"/buddy/check-ins/{check_in.pk}/"

    answers = [as_("dev").post(address, typed(DEVS)) for _ in range(2)]
    both = [as_("elu").post(address, typed(ELUS)) for _ in range(2)]

    assert [answer.status_code for answer in (*answers, *both)] == [302] * 4
    assert shown(check_in) == {"dev": DEVS, "elu": ELUS}
    assert told("checkins.open") == ["dev"]


def test_two_workers_reveal_once(clock, cast, pair):
    """H7: both found it due; the second finds the pair's row free and the work done."""
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    clock.move_to(FIRST)
    stale = [CheckIn.objects.get(pk=check_in.pk) for _ in range(2)]

    for row in stale:
        settle_when_due(row, FIRST)

    assert shown(check_in) == {"dev": DEVS}
    assert CheckIn.objects.filter(pair=pair).count() == 2
    assert told("checkins.open") == ["elu"]


def test_a_page_settles_what_the_worker_has_not(clock, as_, cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    clock.move_to(FIRST)

    page = as_("elu").get(f"/buddy/check-ins/{check_in.pk}/").content.decode()

    assert DEVS.did in page


def test_two_tabs_see_both_texts(as_, cast, pair):
    """H9."""
    address = f"/buddy/check-ins/{coming(pair).pk}/"
    as_("dev").post(address, typed(Words(did="From the phone."), act="save"))

    answer = as_("dev").post(address, typed(Words(did="From the desk."), act="save"))

    page = answer.content.decode()
    assert (answer.status_code, "From the phone." in page, "From the desk." in page) == (
        409,
        True,
        True,
    )
    assert words_of(PartDraft.objects.get()) == Words(did="From the phone.")
    assert (
        as_("dev").post(address, typed(Words(did="From the desk."), seen=1, act="save")).status_code
        == 302
    )
    assert words_of(PartDraft.objects.get()) == Words(did="From the desk.")


def test_a_tab_that_was_left_open_over_the_reveal_sees_both_texts(as_, cast, pair):
    check_in = both_write(cast, pair)

    answer = as_("dev").post(
        f"/buddy/check-ins/{check_in.pk}/", typed(Words(did="Another."), act="save")
    )

    page = answer.content.decode()
    assert (answer.status_code, DEVS.did in page, "Another." in page) == (409, True, True)


def test_elu_finds_nothing_of_devs_before_the_reveal(as_, cast, pair):
    """A2: not what he wrote, not that he wrote."""
    check_in = coming(pair)
    elu = as_("elu")
    addresses = [
        f"/buddy/check-ins/{check_in.pk}/",
        f"/buddy/check-ins/of/{pair.pk}/",
        f"/buddy/check-ins/{check_in.pk}/move/",
        f"/buddy/check-ins/notes/{pair.pk}/",
        "/buddy/check-ins/how/",
        "/today/",
        "/account/notices/",
    ]
    before = [_bare(elu.get(address)) for address in addresses]
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    draft = PartDraft.objects.get(member=cast["dev"])

    after = [_bare(elu.get(address)) for address in addresses]

    assert after == before
    assert elu.get(f"/buddy/check-ins/kept/{draft.pk}/").status_code == 404
    assert DEVS.did in as_("dev").get(addresses[0]).content.decode()


def _bare(answer):
    """A page without what differs with each request."""
    page = answer.content.decode()
    return answer.status_code, re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page)


def test_a_part_is_worded_anew_and_both_can_read_how_it_was(as_, cast, pair):
    check_in = both_write(cast, pair)
    part = Part.objects.get(member=cast["dev"])

    for _ in range(2):
        change_part(part=part, by=cast["dev"], words=Words(did="I asked for all minutes."), seen=1)
    with pytest.raises(Conflict):
        change_part(part=part, by=cast["dev"], words=Words(did="A third."), seen=1)

    older = PartVersion.objects.get()
    assert (older.number, words_of(older)) == (1, DEVS)
    page = as_("elu").get(f"/buddy/check-ins/{check_in.pk}/parts/{part.pk}/").content.decode()
    assert (DEVS.did in page, "I asked for all minutes." in page) == (True, True)


def test_only_its_author_words_a_part_anew(as_, cast, pair):
    check_in = both_write(cast, pair)
    part = Part.objects.get(member=cast["dev"])

    answer = as_("elu").post(
        f"/buddy/check-ins/{check_in.pk}/parts/{part.pk}/edit/", typed(ELUS, seen=1)
    )

    assert answer.status_code == 403
    assert words_of(Part.objects.get(pk=part.pk)) == DEVS


def test_an_empty_form_and_one_that_is_too_long_keep_what_was_typed(as_, cast, pair):
    address = f"/buddy/check-ins/{coming(pair).pk}/"

    empty = as_("dev").post(address, typed(Words(did="  "))).content.decode()
    long = as_("dev").post(address, typed(Words(did="a" * 5_001, need="An hour."))).content.decode()

    assert "Write something first" in empty
    assert ("5,001 characters" in long, "An hour." in long) == (True, True)
    assert not PartDraft.objects.exists()


def test_one_who_rests_is_not_waited_for_and_writing_ends_the_rest(cast, pair):
    Place.objects.filter(member=cast["elu"]).update(resting_since=MONDAY)
    check_in = coming(pair)

    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)

    assert shown(check_in) == {"dev": DEVS, "elu": ELUS}
    assert Place.objects.get(member=cast["elu"]).resting_since is None


def test_a_draft_that_does_not_open_keeps_no_other_part_back(clock, cast, pair):
    """C4."""
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    trap = PartDraft._meta.get_field("did").seal("moved", PartDraft(member=cast["ana"]))
    PartDraft.objects.update(did=trap)
    hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)

    assert shown(check_in) == {"elu": ELUS}
    assert PartDraft.objects.filter(member=cast["dev"]).exists()


def test_a_day_before_those_are_told_who_have_not_handed_in(clock, cast, pair):
    hand_in(check_in=coming(pair), by=cast["dev"], words=DEVS, seen=0)
    minute(FIRST - timedelta(hours=25))
    early = told("checkins.near")
    clock.move_to(FIRST - timedelta(hours=23))

    for _ in range(2):
        minute(FIRST - timedelta(hours=23))

    assert (early, told("checkins.near")) == ([], ["elu"])


def test_that_a_check_in_happened_is_all_that_is_counted(cast, pair):
    spring = Cohort.objects.get(slug="spring")
    pair.cohort = spring
    pair.save()
    assert check_ins_happened(spring, MONDAY) == 0
    both_write(cast, pair)
    both_write(cast, pair)

    assert check_ins_happened(spring, MONDAY) == 1
    assert check_ins_happened(spring, MONDAY + timedelta(minutes=1)) == 0
    assert check_ins_happened(spring, MONDAY - A_WEEK, MONDAY) == 0


def test_save_for_myself_hands_nothing_in(cast, pair):
    outcome = save_draft(check_in=coming(pair), by=cast["dev"], words=DEVS, seen=0)

    hand_in(check_in=coming(pair), by=cast["elu"], words=ELUS, seen=0)

    assert outcome is Outcome.SAVED
    assert not Part.objects.exists()
