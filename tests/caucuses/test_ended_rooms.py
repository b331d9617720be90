"""A room that ended is an id that names nothing, and no clock outside tells one from the other, nor a lively room from a quiet one."""

from uuid import uuid4

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caucuses.actions import leave_caucus
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import KeyOwner, OwnerKind
from scripts.traces import Words
from tests.caucuses.changing import fresh
from tests.caucuses.crawling import crawl, shape
from tests.caucuses.filled import full_room
from tests.caucuses.looking import told_apart
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db


def ended(commits, *seats):
    """All of them leave, and what follows the commit happens: the key is destroyed."""
    with commits(execute=True):
        for seat in seats:
            leave_caucus(seat=fresh(seat), with_posts=True)
    caucus = seats[0].caucus_id
    assert KeyOwner.objects.get(kind=OwnerKind.CAUCUS, ref=caucus).destroyed_at is not None
    return caucus


def test_every_address_of_a_room_that_ended_is_one_that_names_nothing(
    as_, cast, django_capture_on_commit_callbacks
):
    """Asked by who left last, as Back and an open page do, and by somebody who was never in it."""
    dev, elu = full_room(cast, Words())
    found = crawl(as_("dev"))
    every = {**dict.fromkeys(sorted(found.pages)), **found.posts}
    every = {address: data for address, data in every.items() if str(dev.caucus_id) in address}
    one_of_each = {shape(address): (address, data) for address, data in every.items()}.values()
    ended(django_capture_on_commit_callbacks, elu, dev)

    with time_machine.travel(timezone.now(), tick=False):
        apart = {
            (name, address): how
            for name in ("dev", "mo")
            for address, data in one_of_each
            if (how := told_apart(as_(name), address, data, methods=("get", "post")))
        }

    assert apart == {}
    parts = {address.split("/")[3] for address, _data in one_of_each}
    assert {"threads", "meetings", "notes", "reports", "people", "agreement", "coming", "leave"} <= parts  # fmt: skip
    assert any(
        address.split("?")[0].endswith("/new/") for address in found.pages
    )  # what a page polls


def test_a_second_press_of_the_last_leaving_finds_nothing(
    as_, cast, django_capture_on_commit_callbacks
):
    (dev,) = a_room(cast["dev"])
    client, address = as_("dev"), f"/caucuses/{dev.caucus_id}/leave/"

    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(address, {"posts": "go"})
    second = client.post(address, {"posts": "go"})

    assert (first.status_code, second.status_code) == (302, 404)


@pytest.mark.parametrize(("method", "page"), [("get", "people/"), ("post", "people/name/")])
def test_outsiders_are_asked_the_same_questions_whether_or_not_there_is_a_room(
    as_, cast, method, page, django_capture_on_commit_callbacks
):
    """Of both databases, also of that of the keys: at a room in which somebody is now, a quiet one, one that ended, and none."""
    lively, quiet, over = (a_room(cast["dev"])[0] for _room in range(3))
    ended(django_capture_on_commit_callbacks, over)
    client, asked = as_("jo"), {}

    for name, room in (
        ("lively", lively.caucus_id),
        ("quiet", quiet.caucus_id),
        ("over", over.caucus_id),
        ("none", uuid4()),
    ):
        owners.forget()
        getattr(client, method)(f"/caucuses/{uuid4()}/{page}")  # Jo's own key is at hand
        if name == "lively":
            owners.get_ready([Owner(OwnerKind.CAUCUS, room)])
        with (
            CaptureQueriesContext(connection) as rows,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            getattr(client, method)(f"/caucuses/{room}/{page}", {"name": "x"})
        asked[name] = (len(rows), [query["sql"].split(" WHERE ")[0] for query in keys])

    assert asked == dict.fromkeys(asked, asked["none"])
    assert len(asked["none"][1]) == 2
