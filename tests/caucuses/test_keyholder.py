"""Whoever holds both databases and every key finds who is in a caucus, and no row of anybody who has left it."""

import pytest
from django.test import Client
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.models import Invitation, JoinRequest, Parting
from caucuses.permissions import seats_of
from caucuses.tokens import address_token, token_for
from core.models import FormResult
from core.register import holdings
from home.demo.people import CAST
from scripts.traces import Words
from tests.caucuses.crawling import do_everything, ends_for
from tests.caucuses.filled import full_room, rows_in
from tests.caucuses.keyholder import inside, known, raw_places, rows_of
from tests.caucuses.story import a_room
from tests.house.standing import standing
from tests.sweep.planting.kinds import person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing_room(django_db_setup, django_db_blocker):
    """Dev's room with everything in it, and what he did there by every form that its pages offer. Made once."""
    with standing(django_db_blocker):
        with django_db_blocker.unblock():
            members = {one.first.lower(): person(one.first.lower()) for one in CAST}
            seats, client = full_room(members, Words()), Client()
            client.force_login(members["dev"])
            do_everything(client, ends=ends_for(*seats), last=False)
        yield seats


@pytest.fixture
def room(standing_room, cast):
    return standing_room


def test_the_room_has_a_row_in_every_table(cast):
    seat, _elu = full_room(cast, Words())

    assert [model._meta.label for model in inside() if not rows_in(model, seat)] == []


def test_who_is_in_a_caucus_is_found_by_the_keys(cast, room):
    """So that it could fail: the seat by its token and by what is sealed in it, and what names the seat, sealed or not."""
    found = {one.field for one in rows_of(known(cast["dev"]))}

    assert {"caucuses.Seat.token", "caucuses.Seat.who", "caucuses.Seat.id", "threads.Post.seat"} <= found  # fmt: skip
    assert {"caucuses.Caucus.mailed", "caucuses.Invitation.seat"} <= found
    assert raw_places(known(cast["dev"])) != []


def test_without_a_seat_nothing_is_found(cast, room):
    assert rows_of(known(cast["chioma"])) == []


@pytest.mark.parametrize("with_posts", [True, False], ids=["posts go", "posts stay"])
def test_who_left_is_in_no_row(cast, room, with_posts):
    dev = known(cast["dev"])
    FormResult.objects.create(member=room[0].pk, form="x", key=room[0].pk, body="x")

    for seat in seats_of(cast["dev"]):
        leave_caucus(seat=seat, with_posts=with_posts)

    assert rows_of(dev) == []
    assert raw_places(dev) == []


@pytest.mark.parametrize("with_posts", [True, False], ids=["posts go", "posts stay"])
def test_who_left_by_the_pages_is_in_no_row(cast, room, with_posts):
    """What forms keep for a day is forgotten as well."""
    dev, client = known(cast["dev"]), Client()
    client.force_login(cast["dev"])

    do_everything(client, ends=lambda: not seats_of(cast["dev"]))
    for seat in seats_of(cast["dev"]):
        leave_caucus(seat=seat, with_posts=with_posts)

    assert rows_of(dev) == []
    assert raw_places(dev) == []


def test_who_was_erased_is_in_no_row_of_any_caucus(cast, room):
    """In one they had a seat, to another they asked to be let in, to a third they were invited, from a fourth they were removed."""
    dev = known(cast["dev"])
    (asked,), (invited,), (removed,) = (a_room(cast[name]) for name in ("fay", "mo", "jo"))
    JoinRequest(caucus=asked.caucus, token=token_for(asked.caucus, dev.id), who=str(dev.id)).save()
    Parting(caucus=removed.caucus, token=token_for(removed.caucus, dev.id), reason="Rude").save()
    address = cast["dev"].email
    Invitation(
        caucus=invited.caucus, address_token=address_token(invited.caucus, address), address=address,
        expires_at=timezone.now(),
    ).save()  # fmt: skip

    for holding in holdings():
        for act in holding.erase(cast["dev"]):
            act()

    assert rows_of(dev) == []
    assert raw_places(dev) == []


def test_of_who_was_removed_the_parting_alone_is_left(cast, room):
    """It keeps them from joining again by themselves for a year, and goes then."""
    dev = known(cast["dev"])
    seat = room[0]

    leave_caucus(seat=seat, with_posts=False)
    Parting(caucus=seat.caucus, token=token_for(seat.caucus, dev.id), reason="You shouted.").save()

    assert {one.field for one in rows_of(dev)} == {"caucuses.Parting.token"}
    assert raw_places(dev) == []
