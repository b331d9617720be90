"""Looking before starting: three times a day, and nothing in it tells whose limits there are."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.matching.actions import NobodyWaits, NoPreviewsLeft, add_limit, ask_for_preview
from accountability.matching.actions.previews import (
    make_waiting,
    preview_now,
    previews_left,
    prune_previews,
)
from accountability.matching.models import Match, Preview, PreviewFound
from accountability.matching.permissions import can_see_preview, previews_visible_to
from notices.models import Notice
from tests.accountability.matching.hands import (
    cohort_of,
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
    """Six people who fit equally well."""
    people = [cast[name] for name in ("dev", "elu", "chioma", "marisol", "hana", "ines")]
    cohort = cohort_of(*people)
    wants(*people)
    return cohort


def found_of(preview):
    return json.loads(PreviewFound.objects.get(preview=preview).found)


def look(cohort, by):
    preview = ask_for_preview(cohort=cohort, by=by)
    make_waiting(now=timezone.now())
    return found_of(preview)


def test_a_preview_tells_nobody_and_finds_what_the_round_finds(cast, reed):
    found = look(reed, cast["ana"])

    assert (Match.objects.count(), Notice.objects.filter(kind="matching.round").count()) == (0, 0)
    run_round(reed)
    names = {str(member.pk): member.chosen_name.split()[0].lower() for member in cast.values()}
    assert sorted(sorted(names[one] for one in group) for group in found["groups"]) == matched(reed)


@time_machine.travel(NOON, tick=False)
def test_three_a_day_whoever_looks_and_from_wherever(cast, reed):
    ask_for_preview(cohort=reed, by=cast["ana"])
    preview_now(cohort=reed)
    cast["lena"].time_zone = "Pacific/Kiritimati"
    ask_for_preview(cohort=reed, by=cast["lena"])

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


def test_where_nobody_waits_no_preview_is_used_up(cast):
    cohort = cohort_of(cast["dev"])

    with pytest.raises(NobodyWaits):
        ask_for_preview(cohort=cohort, by=cast["ana"])
    assert previews_left(cohort) == 3


def test_after_a_day_it_is_gone(cast, reed):
    look(reed, cast["ana"])

    assert prune_previews(timezone.now() + timedelta(hours=23)) == 0
    assert prune_previews(timezone.now() + timedelta(hours=24, minutes=1)) == 1
    assert not PreviewFound.objects.exists()


def test_hidden_limits_cannot_be_told_from_it(cast):
    """Four pairs are kept apart, by four kinds of limits: the preview says the same as where none are."""
    people = made_up(8)
    cohort = cohort_of(*people)
    wants(*people)
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
    four = look(cohort, cast["ana"])
    add_limit(by=people[8], other=people[9])

    five = look(cohort, cast["ana"])

    assert (four["some_limits"], five["some_limits"]) == (False, True)


def test_what_was_found_is_sealed_for_who_asked(cast, reed):
    ask_for_preview(cohort=reed, by=cast["ana"])
    make_waiting(now=timezone.now())

    row = PreviewFound.objects.get()
    sealed = row.__dict__["found"].value
    assert str(cast["dev"].pk).encode() not in sealed
    assert row.by == cast["ana"]
