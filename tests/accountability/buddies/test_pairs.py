"""Dev and Elu become a pair and part; who may read what when, and what goes after 30 days."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.buddies.actions import NotPossible, form_pair, leave_pair
from accountability.buddies.actions.pairs import prune_pairs
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair, Place
from accountability.buddies.permissions import (
    buddies_of,
    can_see_pair,
    can_write_in_pair,
    is_buddy_of,
    pairs_visible_to,
    pairs_writable_by,
)
from care.models import Stop
from care.tokens import token_of
from core.models import KeyOwner, OwnerKind
from notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    return form_pair(members=[cast["dev"], cast["elu"]], came_about=CameAbout.ASKED)


def readers(cast, pair, rule):
    return {name for name, member in cast.items() if rule(member, pair)}


def listed(cast, pair, rows):
    return {name for name, member in cast.items() if rows(member).filter(pk=pair.pk).exists()}


def test_only_the_two_read_and_write_in_it(cast, pair):
    for rule, rows in ((can_see_pair, pairs_visible_to), (can_write_in_pair, pairs_writable_by)):
        assert readers(cast, pair, rule) == listed(cast, pair, rows) == {"dev", "elu"}


def test_each_is_the_buddy_of_the_other(cast, pair):
    assert list(buddies_of(cast["dev"])) == [cast["elu"]]
    assert is_buddy_of(cast["elu"], cast["dev"].pk)
    assert not is_buddy_of(cast["ana"], cast["dev"].pk)


def test_nobody_has_two_buddies_at_once(cast, pair):
    with pytest.raises(NotPossible):
        form_pair(members=[cast["elu"], cast["jo"]], came_about=CameAbout.ASKED)

    assert list(pairs_writable_by(cast["elu"])) == [pair]
    assert not pairs_writable_by(cast["jo"]).exists()


@pytest.mark.parametrize("names", [["dev"], ["dev", "dev"], ["dev", "elu", "jo", "ben"]])
def test_a_pair_is_two_or_three(cast, names):
    with pytest.raises(NotPossible):
        form_pair(members=[cast[name] for name in names], came_about=CameAbout.MATCHED)


@pytest.mark.parametrize(("by", "other"), [("dev", "elu"), ("elu", "dev")])
def test_who_stopped_contact_is_not_paired_whoever_did(cast, by, other):
    stop = Stop(by=cast[by], token=token_of(cast["dev"].pk, cast["elu"].pk))
    stop.other = str(cast[other].pk)
    stop.save()

    with pytest.raises(NotPossible):
        form_pair(members=[cast["dev"], cast["elu"]], came_about=CameAbout.ASKED)


def test_either_leaves_and_both_can_read_for_thirty_days(cast, pair):
    place = Place.objects.get(pair=pair, member=cast["elu"])
    place.contact = "555 0101"
    place.save()

    leave_pair(pair=pair, by=cast["dev"])

    assert Place.objects.get(pk=place.pk).contact == ""
    assert readers(cast, pair, can_see_pair) == {"dev", "elu"}
    pair.refresh_from_db()
    assert readers(cast, pair, can_write_in_pair) == set()
    assert list(Notice.objects.filter(kind="buddies.changed")) == [
        *Notice.objects.filter(member=cast["elu"], kind="buddies.changed")
    ]
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        assert readers(cast, pair, can_see_pair) == listed(cast, pair, pairs_visible_to) == set()


def test_leaving_twice_is_leaving_once(cast, pair):
    leave_pair(pair=pair, by=cast["dev"])
    first = Place.objects.get(pair=pair, member=cast["dev"]).left_at

    leave_pair(pair=pair, by=cast["dev"])

    assert Place.objects.get(pair=pair, member=cast["dev"]).left_at == first


def test_of_three_two_go_on(cast):
    trio = form_pair(
        members=[cast[name] for name in ("dev", "elu", "jo")], came_about=CameAbout.MATCHED
    )

    leave_pair(pair=trio, by=cast["jo"])

    trio.refresh_from_db()
    assert trio.ended_at is None
    assert readers(cast, trio, can_write_in_pair) == {"dev", "elu"}
    assert readers(cast, trio, can_see_pair) == {"dev", "elu", "jo"}


def test_thirty_days_after_its_end_it_goes_with_its_key(cast, pair):
    leave_pair(pair=pair, by=cast["elu"])
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        assert prune_pairs() == 0
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        assert prune_pairs() == 1

    assert not Pair.objects.filter(pk=pair.pk).exists()
    assert KeyOwner.objects.get(kind=OwnerKind.PAIR, ref=pair.pk).destroyed_at is not None
