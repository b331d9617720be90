"""`/caucuses/`: my caucuses, what waits for me, the doors. The same page and the same work for everybody."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from caucuses.actions.joining import decline_request
from core.crypto import owners
from tests.caucuses.comings import a_door, asks, invites, path, removed
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def test_my_caucuses_stand_in_the_order_of_their_names(as_, cast):
    for name in ("willow", "Alder", "Birch"):
        a_room(cast["dev"], name=name)
    a_room(cast["elu"], name="Cedar")

    page = as_("dev").get("/caucuses/").text

    assert page.index("Alder") < page.index("Birch") < page.index("willow")
    assert "Cedar" not in page


def test_who_is_in_none_gets_a_friendly_page_and_the_way_to_open_one(as_, cast):
    a_door(cast["ben"], name="Crossroads")
    a_room(cast["fay"], name="Roots")

    page = as_("gus").get("/caucuses/").text

    assert "You are in no caucus, and that is fine." in page
    assert "/caucuses/open/" in page
    assert "Crossroads" in page  # whose door is listed
    assert "Roots" not in page


def test_a_door_stands_there_without_number_date_or_people(as_, cast):
    seat = a_door(cast["dev"], cast["elu"], name="The bench")[0]

    page = as_("gus").get("/caucuses/").text

    assert path(seat) in page
    assert "The bench" in page
    assert "Dev" not in page
    assert "Elu" not in page


def test_what_waits_for_me_stands_on_top(as_, cast):
    dev = cast["dev"]
    invited = a_room(cast["elu"], name="Invited here")[0]
    invites(invited, dev, as_facilitator=True)
    asked = a_door(cast["elu"], joining="request", name="Asked here")[0]
    asks(asked, dev, name="Devi", words="I heard of you.")
    answered = a_door(cast["elu"], joining="request", name="Answered here")[0]
    decline_request(seat=answered, request_id=asks(answered, dev).pk, words="Not this spring.")
    gone = a_room(cast["elu"], name="Gone here")[0]
    parting = removed(gone, dev)

    page = as_("dev").get("/caucuses/").text

    for words in ("Invited here", "to facilitate this caucus", "Devi", "I heard of you.", "Not this spring.", "Gone here"):  # fmt: skip
        assert words in page
    assert f"/caucuses/parted/{parting.pk}/" in page
    assert "It hurt us." not in page
    others = as_("mo").get("/caucuses/").text
    for words in ("Invited here", "Devi", "I heard of you.", "Not this spring.", "Gone here"):
        assert words not in others


def test_who_has_not_accepted_is_told_what_comes_next(as_, cast):
    seat = a_room(cast["dev"])[0]
    join(seat, cast["mo"], has_accepted=False)

    assert "read and accept the agreement first" in as_("mo").get("/caucuses/").text


def test_a_request_to_a_room_whose_door_was_taken_away_names_it_no_more(as_, cast):
    seat = a_door(cast["elu"], joining="request", name="Was here")[0]
    asks(seat, cast["dev"], name="Devi")
    seat.caucus.is_listed = False
    seat.caucus.save()

    page = as_("dev").get("/caucuses/").text

    assert "A caucus that shows no door any more" in page
    assert "Devi" in page
    assert "Was here" not in page
    assert as_("dev").get(path(seat)).status_code == 404


@pytest.mark.parametrize("seats", [0, 1, 3])
def test_the_same_questions_for_0_1_and_3_seats(as_, cast, seats):
    rooms = [a_room(cast["elu"], name=f"Room {number}")[0] for number in range(3)]
    for room in rooms[:seats]:
        join(room, cast["mo"])
    client = as_("mo")
    client.get("/caucuses/")
    owners.forget()

    with (
        CaptureQueriesContext(connections["default"]) as asked,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        client.get("/caucuses/")

    assert (len(asked), len(keys)) == (QUERIES, 2)


QUERIES = 12
