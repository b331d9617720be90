"""Whoever is outside gets, at every address that the members' own pages lead to, what stands where nothing ever was.

The addresses are found by going through the pages as Dev, who facilitates, and as Elu, a plain member, in a room that holds
one of everything; none is named here.
"""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from caucuses.permissions import seats_of
from home.demo.people import CAST
from scripts.traces import Words
from tests.caucuses.crawling import FEED, crawl, do_everything, ends_for, shape
from tests.caucuses.filled import full_room
from tests.caucuses.looking import INSIDE, METHODS, OUTSIDE, looked_at, told_apart, unused, ways_to
from tests.caucuses.story import NAME
from tests.house.standing import standing
from tests.project.walk import client_of
from tests.sweep.places import response
from tests.sweep.planting.kinds import person

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: One of each standing, who ask in every way; the others of the cast open and send.
CLOSELY = ("nobody", "mo", "hana")


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands still, and no contexts of templates are copied: they take longest."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture(scope="module")
def standing_room(django_db_setup, django_db_blocker):
    """The room, what both found in it, and the addresses for calendars that Dev was shown."""
    with standing(django_db_blocker):
        with django_db_blocker.unblock():
            members = {one.first.lower(): person(one.first.lower()) for one in CAST}
            words = Words()
            dev, elu = full_room(members, words)
            clients = [_signed_in(members[name]) for name in INSIDE]
            do_everything(clients[0], ends=ends_for(dev, elu), last=False)
            link = {"act": "renew", "title": "Choir"}  # what his pages offered ended the one before
            shown = clients[0].post(f"/caucuses/{dev.caucus_id}/meetings/calendar/", link)
            feeds = FEED.findall(shown.text)
            found = crawl(clients[0]) | crawl(clients[1])
        yield dev, elu, found, feeds, words


def _signed_in(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def room(standing_room, db):
    return standing_room


def addresses_in(dev, found):
    """Of each shape one that names something in the room of these two, with what a form sent there holds.

    What is inside the caucuses of the demonstration stays out: some of those outside of this one are in them.
    """
    every = {**dict.fromkeys(sorted(found.pages)), **found.posts}
    ours = {address: data for address, data in every.items() if str(dev.caucus_id) in address}
    return {address: ours[address] for address in {shape(one): one for one in ours}.values()}


def test_the_members_come_to_every_part_of_their_room(room):
    """A crawl that finds nothing proves nothing."""
    dev, _elu, found, _feeds, _words = room

    pages = [address for address in found.pages if str(dev.caucus_id) in address]

    assert f"/caucuses/{dev.caucus_id}/" in pages
    assert f"/caucuses/{dev.caucus_id}/agreement/" in pages
    assert f"/caucuses/{dev.caucus_id}/coming/" in pages  # as who facilitates, to the last
    for sent in ("coming/invite/", "coming/take-back/", "meetings/new/"):
        assert f"/caucuses/{dev.caucus_id}/{sent}" in found.posts
    assert any(address.endswith("/hide/") for address in {*pages, *found.posts})


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_can_tell_an_address_from_one_that_names_nothing(room, cast, name):
    """By GET, HEAD, OPTIONS and POST: status, headers, body and its length. Being in another caucus helps nobody."""
    client, found = client_of(cast.get(name)), room[2]
    methods = METHODS if name in CLOSELY else ("get", "post")
    own_rooms = [str(seat.caucus_id) for seat in seats_of(cast[name])] if name in cast else []

    apart = {
        known: how
        for address, data in addresses_in(room[0], found).items()
        for known, other in ways_to(address, *own_rooms[:1])[: None if name in CLOSELY else 1]
        if (how := told_apart(client, known, data, other, methods))
    }

    assert apart == {}


def test_some_of_those_outside_are_in_other_caucuses(cast, db):
    assert {"fay", "hana"} <= {name for name in OUTSIDE[1:] if seats_of(cast[name])}


def test_who_is_inside_can(room, cast):
    """So that it could fail."""
    address = f"/caucuses/{room[0].caucus_id}/"

    assert "get" in told_apart(client_of(cast["elu"]), address, None)
    assert looked_at(client_of(cast["elu"]), "get", address) != looked_at(client_of(cast["elu"]), "get", unused(address))  # fmt: skip


def test_a_calendars_address_says_nothing_of_a_caucus(room, nobody):
    """Whoever has it reads dates and the title that its owner chose; nobody is led there."""
    dev, elu, _found, feeds, words = room

    assert feeds != []
    for address in feeds:
        answer = nobody.get(address)
        said = response(answer)
        assert answer.status_code == 200
        for private in (str(dev.caucus_id), dev.caucus_id.hex, str(dev.pk), str(elu.pk), NAME, "aucus"):  # fmt: skip
            assert private.encode() not in said
        assert words.names_in(said) <= {"meetings.CalendarLink.title", "meetings.Meeting.place"}
        assert nobody.get(unused(address)).status_code == 404
