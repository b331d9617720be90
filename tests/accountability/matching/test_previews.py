"""Looking before starting: three times a day, and nothing in it tells whose limits there are."""

import json
import re
from contextlib import nullcontext
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.matching.actions import (
    NoPreviewsLeft,
    TooFewWait,
    TooSoon,
    add_limit,
    ask_for_preview,
    save_answers,
    start_round,
    want_round,
)
from accountability.matching.actions.previews import (
    preview_now,
    previews_left,
    prune_previews,
)
from accountability.matching.actions.rounds import NobodyWaits
from accountability.matching.models import Match, Preview, PreviewFound
from accountability.matching.permissions import can_see_preview, previews_visible_to
from accountability.matching.said import Said
from core.tasks import work_off
from notices.models import Notice
from tests.accountability.matching.hands import (
    cohort_of,
    first,
    made_up,
    matched,
    reports_to,
    run_round,
    stops,
    wants,
)

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=12, minute=0)


@pytest.fixture
def reed(cast):
    """Ten people who fit equally well."""
    people = [cast[name] for name in ("dev", "elu", "chioma", "marisol", "hana", "ines")]
    cohort = cohort_of(*people, *made_up(4))
    people = [row.member for row in cohort.memberships.all()]
    wants(*people)
    return cohort


def found_of(preview):
    return json.loads(PreviewFound.objects.get(preview=preview).found)


def look(cohort, by):
    preview = ask_for_preview(cohort=cohort, by=by)
    work_off()
    return found_of(preview)


def test_a_preview_tells_nobody_and_finds_what_the_round_finds(cast, reed):
    found = look(reed, cast["ana"])

    assert (Match.objects.count(), Notice.objects.filter(kind="matching.round").count()) == (0, 0)
    run_round(reed)
    names = {str(row.member_id): first(row.member) for row in reed.memberships.all()}
    assert sorted(sorted(names[one] for one in group) for group in found["groups"]) == matched(reed)


@time_machine.travel(NOON, tick=False)
def test_three_a_day_whoever_looks_and_from_wherever(cast, reed):
    ask_for_preview(cohort=reed, by=cast["ana"])
    preview_now(cohort=reed)
    cast["lena"].time_zone = "Pacific/Kiritimati"
    ask_for_preview(cohort=reed, by=cast["lena"])

    want_round(by=cast["hana"], wanted=False)
    for look_ in (lambda: ask_for_preview(cohort=reed, by=cast["ana"]), lambda: preview_now(cohort=reed)):  # fmt: skip
        with pytest.raises(NoPreviewsLeft):
            look_()

    assert previews_left(reed) == 0
    with time_machine.travel(NOON + timedelta(days=1)):
        assert previews_left(reed) == 3


def test_the_database_holds_no_fourth_one(reed):
    day = NOON.date()
    for slot in (1, 2, 3):
        Preview.objects.create(cohort=reed, day=day, slot=slot)

    for slot in (3, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            Preview.objects.create(cohort=reed, day=day, slot=slot)


def test_only_the_backbone_looks_and_each_sees_their_own(cast, reed):
    preview = ask_for_preview(cohort=reed, by=cast["ana"])

    assert {who for who, member in cast.items() if can_see_preview(member, preview)} == {"ana"}
    assert {who for who, member in cast.items() if previews_visible_to(member).exists()} == {"ana"}
    for name in ("mo", "gus", "rui", "dev"):
        with pytest.raises(PermissionDenied):
            ask_for_preview(cohort=reed, by=cast[name])


@pytest.mark.parametrize("limited", [False, True])
def test_of_fewer_than_five_there_is_no_preview_and_none_is_used_up(cast, limited):
    """A4: of two who wait, "nobody was found" would say that one keeps the other away."""
    people = made_up(4)
    cohort = cohort_of(*people)
    wants(*people)
    if limited:
        add_limit(by=people[0], other=people[1])

    for look_ in (lambda: ask_for_preview(cohort=cohort, by=cast["ana"]), lambda: preview_now(cohort=cohort)):  # fmt: skip
        with pytest.raises(TooFewWait):
            look_()

    assert previews_left(cohort) == 3


def test_where_few_wait_by_the_time_it_is_made_it_says_nothing(cast):
    people = made_up(5)
    cohort = cohort_of(*people)
    wants(*people)
    preview = ask_for_preview(cohort=cohort, by=cast["ana"])
    want_round(by=people[0], wanted=False)

    work_off()

    assert found_of(preview) == {"too_few": True}


@pytest.mark.parametrize("many", [5, 9])
def test_of_fewer_than_ten_it_knows_numbers_alone(cast, many):
    people = made_up(many)
    cohort = cohort_of(*people)
    wants(*people)

    found = look(cohort, cast["ana"])

    assert found == {"pairs": many // 2 - 1, "trios": 1, "left_over": 0, "way": "every_triple", "some_limits": False}  # fmt: skip


@pytest.mark.parametrize("limited", [False, True])
def test_two_who_wait_and_are_left_over_look_the_same_as_two_who_were_matched(cast, as_, limited):
    """A4: the round is started, and what the organizer sees and is told after it is the same."""
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"])
    if limited:
        add_limit(by=cast["elu"], other=cast["dev"])
    ana, here = as_("ana"), "/backbone/pairing/reed/"
    ana.post(f"{here}start/")
    work_off()

    page = ana.get(here).text

    assert matched(cohort) == ([] if limited else [["dev", "elu"]])
    assert "Fewer than five people wait for a partner." in page
    assert ("Start the round" in page, "Preview the round" in page) == (True, False)
    with pytest.raises(TooSoon):
        start_round(cohort=cohort, by=cast["lena"])
    answer = ana.post(f"{here}start/", follow=True)
    assert "a round was started in the last 24 hours" in answer.text
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(NobodyWaits) if not limited else nullcontext():  # fmt: skip
        start_round(cohort=cohort, by=cast["lena"])


def test_while_the_same_people_wait_one_gets_the_same_preview_and_none_is_used_up(cast, reed):
    """A4: Elu keeps Dev away between two looks. Nothing of it shows, and the round holds to it."""
    before = look(reed, cast["ana"])
    together = next(group for group in before["groups"] if str(cast["dev"].pk) in group)
    others = [row.member for row in reed.memberships.all() if str(row.member_id) in together]
    for other in others:
        if other != cast["dev"]:
            add_limit(by=other, other=cast["dev"])
    save_answers(by=cast["elu"], said=Said(times=("1e",)), note="", wanted=True, seen=1)

    again = ask_for_preview(cohort=reed, by=cast["ana"])

    assert (again.state, found_of(again), previews_left(reed)) == ("done", before, 2)
    run_round(reed)
    assert sorted(first(member) for member in others) not in matched(reed)


def test_another_organizer_gets_what_the_first_one_got(cast, reed):
    before = look(reed, cast["ana"])
    for row in reed.memberships.exclude(member=cast["dev"]).select_related("member"):
        add_limit(by=cast["dev"], other=row.member)

    assert (look(reed, cast["lena"]), previews_left(reed)) == (before, 1)
    assert PreviewFound.objects.filter(by=cast["lena"]).count() == 1


@time_machine.travel(NOON, tick=False)
def test_on_another_day_or_with_other_people_it_is_made_anew(cast, reed):
    first_, lefts = look(reed, cast["ana"]), []
    for row in reed.memberships.exclude(member=cast["dev"]).select_related("member"):
        add_limit(by=cast["dev"], other=row.member)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        lefts.append(look(reed, cast["ana"])["left"])
    newcomer = made_up(1, at=50)[0]
    cohort_of(newcomer)
    wants(newcomer)
    lefts.append(look(reed, cast["ana"])["left_over"])

    assert first_["left"] == []
    assert lefts == [[str(cast["dev"].pk)], 0]


def test_what_stands_for_the_people_names_none_of_them(cast, reed):
    preview = ask_for_preview(cohort=reed, by=cast["ana"])

    assert re.fullmatch("[0-9a-f]{32}", preview.people)


def test_after_a_day_it_is_gone(cast, reed):
    look(reed, cast["ana"])

    assert prune_previews(timezone.now() + timedelta(hours=23)) == 0
    assert prune_previews(timezone.now() + timedelta(hours=24, minutes=1)) == 1
    assert not PreviewFound.objects.exists()


def test_hidden_limits_cannot_be_told_from_it(cast):
    """Four pairs are kept apart, by four kinds of limits: the next day's preview says the same as where none are."""
    people = made_up(10)
    cohort = cohort_of(*people)
    wants(*people)
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        free = look(cohort, cast["ana"])
    add_limit(by=people[0], other=people[1])
    add_limit(by=people[2], other=people[3])
    stops(people[4], people[5])
    reports_to(people[6], people[7])

    bound = look(cohort, cast["ana"])

    assert {**free, "groups": None} == {**bound, "groups": None}
    assert [len(group) for group in free["groups"]] == [len(group) for group in bound["groups"]]
    assert bound["some_limits"] is False


def test_from_five_on_it_says_that_there_are_some(cast):
    people = made_up(10)
    cohort = cohort_of(*people)
    wants(*people)
    for at in (0, 2, 4, 6):
        add_limit(by=people[at], other=people[at + 1])
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        four = look(cohort, cast["ana"])
    add_limit(by=people[8], other=people[9])

    five = look(cohort, cast["ana"])

    assert (four["some_limits"], five["some_limits"]) == (False, True)


def test_what_was_found_is_sealed_for_who_asked(cast, reed):
    ask_for_preview(cohort=reed, by=cast["ana"])
    work_off()

    row = PreviewFound.objects.get()
    sealed = row.__dict__["found"].value
    assert str(cast["dev"].pk).encode() not in sealed
    assert row.by == cast["ana"]
