"""The door: of a listed caucus every member reads it; of an unlisted one only who is in it or invited; else the same 404."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.crypto import owners
from tests.caucuses.comings import PATH, UNUSED, a_door, invites, page_of, path, removed
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db

GETS = ("door/", "", "agreement/", "coming/")
POSTS = ("door/join/", "door/ask/", "door/accept/", "door/decline/", "coming/invite/")
OUTSIDE = ("gus", "mo", "fay", "ana", "rui", "hana")


def test_a_listed_door_says_what_how_and_who_chose_to_be_named(as_, cast):
    first, second = a_door(cast["dev"], cast["elu"], name="The bench", purpose="To sit down.")
    second.is_facilitator = second.is_named_at_door = True
    second.save()

    page = as_("gus").get(path(first)).text

    for words in ("The bench", "To sit down.", "Elu", "a member who is not named here", "open to anyone"):  # fmt: skip
        assert words.lower() in page.lower()
    assert "Dev" not in page
    assert "<title>Caucus" in page


def test_it_says_what_coming_in_shows_and_leaving_removes_before_the_form(as_, cast):
    page = as_("gus").get(path(a_door(cast["dev"])[0])).text

    assert page.index("What coming in shows") < page.index("What leaving removes") < page.index("door/join/")  # fmt: skip


def test_a_door_says_the_same_whoever_is_in_and_whatever_happened(as_, cast):
    """No count, no date, nothing of activity."""
    seat = a_door(cast["dev"])[0]
    before = page_of(as_("gus").get(path(seat)))
    for name in ("elu", "hana", "mo"):
        join(seat, cast[name])

    assert page_of(as_("gus").get(path(seat))) == before


@pytest.mark.parametrize("way", GETS)
def test_of_an_unlisted_room_everybody_outside_gets_the_404_of_an_unused_id(as_, cast, way):
    seat = a_room(cast["dev"], cast["elu"])[0]

    for name in OUTSIDE:
        client = as_(name)
        real, unused = client.get(path(seat, way)), client.get(PATH.format(UNUSED, way))
        assert (real.status_code, unused.status_code) == (404, 404)
        assert page_of(real) == page_of(unused)
        assert set(real.headers) == set(unused.headers)
    assert as_("dev").get(path(seat, way)).status_code == 200


@pytest.mark.parametrize("way", POSTS)
def test_what_is_sent_there_gets_the_same_answer_too(as_, cast, way):
    seat = a_room(cast["dev"], cast["elu"])[0]
    typed = {"name": "Somebody", "words": "Words that I typed", "address": "a@b.example"}

    for name in OUTSIDE:
        client = as_(name)
        real, unused = client.post(path(seat, way), typed), client.post(PATH.format(UNUSED, way), typed)  # fmt: skip
        assert (real.status_code, unused.status_code) == (404, 404)
        assert page_of(real) == page_of(unused)
        if way.startswith("door/") and way != "door/decline/":
            assert "Words that I typed" in real.text


@pytest.mark.parametrize("way", GETS[1:])
def test_of_a_listed_room_everything_but_the_door_is_the_same_404(as_, cast, way):
    seat = a_door(cast["dev"])[0]
    client = as_("gus")

    real, unused = client.get(path(seat, way)), client.get(PATH.format(UNUSED, way))

    assert (real.status_code, page_of(real)) == (404, page_of(unused))


def test_the_door_of_an_unlisted_room_takes_the_same_work_as_one_that_never_was(as_, cast):
    seat = a_room(cast["dev"])[0]
    client = as_("gus")
    client.get("/caucuses/")

    def work(caucus_id):
        owners.forget()
        with (
            CaptureQueriesContext(connections["default"]) as asked,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            client.get(PATH.format(caucus_id, "door/"))
        return [query["sql"][:60] for query in (*asked, *keys)]

    assert work(seat.caucus_id) == work(UNUSED)


def test_who_is_invited_reads_the_door_of_an_unlisted_room_while_it_is_open(as_, cast, time_machine):  # fmt: skip
    seat = a_room(cast["dev"], name="Under the stairs")[0]
    invites(seat, cast["gus"], words="Come and see.")

    page = as_("gus").get(path(seat)).text
    assert "Under the stairs" in page
    assert "Come and see." in page
    assert "Dev" in page  # who invited, by the name in the room
    time_machine.move_to(timezone.now() + timedelta(days=14, minutes=1))
    assert as_("gus").get(path(seat)).status_code == 404


def test_an_invitation_is_found_with_the_proven_address_alone(as_, cast):
    seat = a_room(cast["dev"])[0]
    invites(seat, cast["gus"])
    EmailAddress.objects.filter(user=cast["gus"]).update(verified=False)

    assert as_("gus").get(path(seat)).status_code == 404


def test_a_member_is_led_in(as_, cast):
    seat = a_door(cast["dev"])[0]

    assert "You are in this caucus." in as_("dev").get(path(seat)).text


def test_who_was_removed_reads_so_in_a_plain_sentence(as_, cast):
    seat = a_door(cast["dev"])[0]
    parting = removed(seat, cast["gus"])

    page = as_("gus").get(path(seat)).text

    assert "You were removed from this caucus" in page
    assert "A facilitator of it can invite you again." in page
    assert f"/caucuses/parted/{parting.pk}/" in page
    assert "door/join/" not in page


def test_a_year_later_the_door_is_as_for_anybody(as_, cast, time_machine):
    seat = a_door(cast["dev"])[0]
    removed(seat, cast["gus"])

    time_machine.move_to(timezone.now() + timedelta(days=365, minutes=1))

    assert "door/join/" in as_("gus").get(path(seat)).text
