"""Leaving removes everything; the last one ends the room; whoever is removed keeps what they were writing."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from caucuses.actions import GoneAlready, leave_caucus, remove_seat
from caucuses.actions.leaving import leave_all
from caucuses.bringback.actions import begin_note, change_note
from caucuses.models import Caucus, Event, Invitation, JoinRequest, Parting, Seat
from caucuses.threads.actions import begin_thread, post_reply
from caucuses.tokens import address_token, token_for
from cohorts.models import Cohort
from core import doors
from core.crypto import owners
from core.crypto.owners import KeyDestroyed, Owner
from core.models import FormResult, KeyOwner, OwnerKind
from tests.caucuses.changing import change, damage, fresh, propose
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{12}\b')


def same(answer):
    """What must be equal for everybody outside: the status, and the page without its tokens."""
    return answer.status_code, TOKENS.sub("", answer.content.decode())


def room_of(seat):
    return f"/caucuses/{seat.caucus_id}/"


@pytest.fixture
def writing(monkeypatch):
    """A room of words that holds a draft and two posts of every seat, and hears who left."""
    heard = []

    def parts(*, seat):
        return {"texts": [{"title": "", "text": "I was about to say"}], "posts": [seat.pk]}

    def left(*, seat, with_posts, removed):
        heard.append((seat.pk, with_posts, removed))

    monkeypatch.setattr(doors, "_offers", {**doors._offers})
    doors._offers["seat_parts"] = [(1, "parts", parts)]
    doors._offers["seat_left"] = [(1, "left", left)]
    return heard


def invite(seat, member):
    row = Invitation(caucus=seat.caucus, address_token=address_token(seat.caucus, member.email))
    row.expires_at = timezone.now() + timedelta(days=14)
    row.address = member.email
    row.save()


def ask(seat, member):
    JoinRequest.objects.create(caucus=seat.caucus, token=token_for(seat.caucus, member.pk))


@pytest.mark.parametrize(("choice", "with_posts"), [("stay", False), ("go", True)])
def test_leaving_is_one_press_and_nothing_is_left(as_, cast, writing, choice, with_posts):
    dev, elu = a_room(cast["dev"], cast["elu"])
    invite(dev, cast["elu"])
    ask(dev, cast["elu"])
    client = as_("elu")
    client.post(f"{room_of(dev)}people/name/", {"name": "River", "once": str(uuid4())})
    assert FormResult.objects.filter(member=elu.pk).count() == 1

    page = client.get(f"{room_of(dev)}leave/").content.decode()
    answer = client.post(
        f"{room_of(dev)}leave/", {"posts": choice, "once": str(uuid4())}, follow=True
    )

    assert "What you said can stay" in page
    assert answer.redirect_chain == [("/caucuses/", 302)]
    assert "Done." in answer.content.decode()
    assert writing == [(elu.pk, with_posts, False)]
    assert Seat.objects.filter(caucus=dev.caucus).count() == 1
    assert JoinRequest.objects.count() == Invitation.objects.count() == 0
    assert FormResult.objects.count() == 0
    assert client.get(room_of(dev)).status_code == 404


def test_the_way_out_must_be_chosen(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])

    answer = as_("elu").post(f"{room_of(dev)}leave/", {})

    assert "You have not left yet." in answer.content.decode()
    assert Seat.objects.filter(pk=elu.pk).exists()


def test_one_can_leave_before_accepting_and_after_a_change(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    join(dev, cast["jo"], has_accepted=False)
    change(dev, elu, text="We listen.")

    for name in ("jo", "elu"):
        assert as_(name).get(f"{room_of(dev)}leave/").status_code == 200
        assert as_(name).post(f"{room_of(dev)}leave/", {"posts": "go"}).url == "/caucuses/"

    assert list(Seat.objects.filter(caucus=dev.caucus)) == [dev]


def test_the_last_facilitator_is_told_and_may_leave(as_, cast):
    dev, _elu = a_room(cast["dev"], cast["elu"])

    before = as_("dev").get(f"{room_of(dev)}leave/").content.decode()
    as_("dev").post(f"{room_of(dev)}leave/", {"posts": "stay"})
    after = as_("elu").get(room_of(dev)).content.decode()

    assert "You are the only one who facilitates." in before
    assert "Nobody facilitates this room at the moment" in after


def test_with_the_last_one_the_room_and_its_key_go(as_, cast, django_capture_on_commit_callbacks):
    dev = a_room(cast["dev"])[0]

    page = as_("dev").get(f"{room_of(dev)}leave/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        as_("dev").post(f"{room_of(dev)}leave/", {"posts": "go"})

    assert "You are the last one." in page
    assert not Caucus.objects.filter(pk=dev.caucus_id).exists()
    assert KeyOwner.objects.get(kind=OwnerKind.CAUCUS, ref=dev.caucus_id).destroyed_at
    with pytest.raises(KeyDestroyed):
        owners.current_key(Owner(OwnerKind.CAUCUS, dev.caucus_id))


def test_a_damaged_seat_is_left_like_any_other(cast):
    _dev, elu = a_room(cast["dev"], cast["elu"])
    damage(elu, "who", "name")

    leave_caucus(seat=fresh(elu), with_posts=True)

    assert not Seat.objects.filter(pk=elu.pk).exists()


def test_an_account_that_closes_leaves_nothing_in_any_room(cast):
    one, two = a_room(cast["dev"], cast["elu"])[0], a_room(cast["jo"])[0]
    ask(two, cast["elu"])
    invite(two, cast["elu"])
    third = a_room(cast["hana"], cast["elu"])
    remove_seat(seat=third[0], other=third[1], reason="So.")

    leave_all(member=cast["elu"])
    leave_all(member=cast["elu"])

    assert Seat.objects.filter(caucus__in=[one.caucus, two.caucus]).count() == 2
    assert JoinRequest.objects.count() == Invitation.objects.count() == Parting.objects.count() == 0


def test_the_same_questions_are_asked_of_who_is_in_no_room(cast, django_assert_num_queries):
    a_room(cast["dev"], cast["elu"])
    leave_all(member=cast["jo"])

    with django_assert_num_queries(9):
        leave_all(member=cast["jo"])
    two = a_room(cast["hana"])[0]
    leave_all(member=cast["jo"])
    ask(two, cast["ben"])
    with django_assert_num_queries(9):
        leave_all(member=cast["jo"])


def test_who_is_removed_reads_why_and_keeps_what_they_were_writing(as_, cast, writing):
    dev, elu = a_room(cast["dev"], cast["elu"])
    address = f"{room_of(dev)}people/{elu.pk}/remove/"

    page = as_("dev").get(address).content.decode()
    empty = as_("dev").post(address, {"reason": " "}).content.decode()
    answer = as_("dev").post(address, {"reason": "You passed on what Jo said."})

    parting = Parting.objects.get()
    assert "They read your reason" in page
    assert "Nobody was removed." in empty
    assert answer.url == f"{room_of(dev)}people/"
    assert parting.reason == "You passed on what Jo said."
    assert json.loads(parting.kept) == [{"title": "", "text": "I was about to say"}]
    assert json.loads(parting.posts) == [str(elu.pk)]
    assert parting.token == token_for(dev.caucus, cast["elu"].pk)
    assert writing == [(elu.pk, False, True)]
    assert Event.objects.get(what="removed").seat_id == dev.pk
    assert as_("elu").get(room_of(dev)).status_code == 404


def test_who_is_removed_while_writing_gets_their_words_back(as_, cast, nobody):
    dev, elu = a_room(cast["dev"], cast["elu"])
    client, address = as_("elu"), f"{room_of(dev)}people/name/"
    remove_seat(seat=fresh(dev), other=elu, reason="So.")
    parting = Parting.objects.get()

    answer = client.post(address, {"name": "The one by the river"})
    page = answer.content.decode()

    assert answer.status_code == 404
    assert "You are not in this room any more" in page
    assert "The one by the river" in page
    assert f'href="/caucuses/parted/{parting.pk}/"' in page
    nowhere = f"/caucuses/{uuid4()}/people/name/"
    assert same(client.post(address, {})) == same(client.post(nowhere, {}))
    jo = as_("jo")
    assert same(jo.post(address, {"name": "Jo"})) == same(jo.post(nowhere, {"name": "Jo"}))
    Parting.objects.update(at=timezone.now() - timedelta(days=31))
    said = {"name": "The one by the river"}
    assert same(client.post(address, said)) == same(client.post(nowhere, said))


def test_the_seat_goes_between_the_page_and_the_action(as_, cast, monkeypatch):
    dev, elu = a_room(cast["dev"], cast["elu"])
    client = as_("elu")

    def removed_first(self):
        monkeypatch.setattr(Seat, "must_accept", untouched)
        remove_seat(seat=fresh(dev), other=elu, reason="So.")
        return False

    untouched = Seat.must_accept
    monkeypatch.setattr(Seat, "must_accept", property(removed_first))
    answer = client.post(f"{room_of(dev)}people/name/", {"name": "River", "once": str(uuid4())})

    assert answer.status_code == 404
    assert "River" in answer.content.decode()
    assert FormResult.objects.filter(member=elu.pk).count() == 0


def test_nobody_removes_themselves_or_who_facilitates(as_, cast):
    dev, elu, _jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    Seat.objects.filter(pk=elu.pk).update(is_facilitator=True)

    for other in (dev, elu):
        address = f"{room_of(dev)}people/{other.pk}/remove/"
        assert "Nobody removes themselves" in as_("dev").get(address).content.decode()
        answer = as_("dev").post(address, {"reason": "My own words."})
        assert answer.status_code == 403
        assert "My own words." in answer.content.decode()
    assert as_("jo").get(f"{room_of(dev)}people/{elu.pk}/remove/").status_code == 403
    assert Seat.objects.filter(caucus=dev.caucus).count() == 3


def test_two_facilitators_remove_the_same_member(as_, cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    Seat.objects.filter(pk=elu.pk).update(is_facilitator=True)
    remove_seat(seat=fresh(elu), other=jo, reason="So.")

    answer = as_("dev").post(f"{room_of(dev)}people/{jo.pk}/remove/", {"reason": "My own words."})

    assert answer.status_code == 404
    assert "They are not in the room any more" in answer.content.decode()
    assert "My own words." in answer.content.decode()
    assert Parting.objects.get().reason == "So."
    with pytest.raises(GoneAlready):
        remove_seat(seat=fresh(dev), other=jo, reason="Me too.")


def test_a_copy_of_ones_own_words_and_nothing_of_others(as_, cast):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    propose(dev, "We sing.", why="A song opens the door.")
    client, address = as_("dev"), f"{room_of(dev)}mine/"

    text = client.post(address, {"as": "markdown"})
    rows = client.post(address, {"as": "json"})
    nothing = as_("elu").post(address, {"as": "json"})

    assert "A song opens the door." in text.content.decode()
    assert json.loads(rows.content)[0]["words"][0]["text"] == "A song opens the door.\n\nWe sing."
    assert json.loads(nothing.content) == []
    assert "porch" not in text["Content-Disposition"]
    assert text["Content-Disposition"].startswith('attachment; filename="my-words-')
    assert "no-store" in text["Cache-Control"]
    assert client.get(address).status_code == 200


def test_the_copy_has_no_word_of_others_in_what_one_began(as_, cast):
    """Elu words Dev's note anew under an agreement that Dev has not accepted yet, and Dev answers in a conversation of hers."""
    dev, elu = a_room(cast["dev"], cast["elu"])
    note = begin_note(seat=dev, member=cast["dev"], cohort=Cohort.objects.get(slug="spring"), text="Wait for us.")  # fmt: skip
    talk = begin_thread(seat=elu, title="Stairs", text="It hurts.").thread
    post_reply(seat=dev, thread=talk, text="I hear you.")
    change(elu, dev, text="We listen.")
    change_note(seat=fresh(elu), note=note, text="Wait for none of us.", seen_revision=1)

    assert fresh(dev).must_accept
    copies = {
        name: json.loads(as_(name).post(f"{room_of(dev)}mine/", {"as": "json"}).content)
        for name in ("dev", "elu")
    }

    said = {
        name: [(row["title"], row["text"]) for part in copy for row in part["words"]]
        for name, copy in copies.items()
    }
    assert said["dev"][:2] == [("", "I hear you."), ("", "Wait for us.")]
    assert said["elu"][:2] == [("Stairs", "It hurts."), ("", "Wait for none of us.")]
    assert "none of us" not in str(copies["dev"])


def test_the_copy_has_what_one_said_in_every_part_of_the_room(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    first = begin_thread(seat=dev, title="Stairs", text="I was late.")
    post_reply(seat=elu, thread=first.thread, text="So was I.")
    begin_note(seat=dev, member=cast["dev"], cohort=Cohort.objects.get(slug="spring"), text="Wait for us.")  # fmt: skip

    text = as_("dev").post(f"{room_of(dev)}mine/", {"as": "markdown"}).content.decode()
    parts = json.loads(as_("dev").post(f"{room_of(dev)}mine/", {"as": "json"}).content)

    said = [(row["title"], row["text"]) for part in parts for row in part["words"]]
    assert said == [("Stairs", "I was late."), ("", "Wait for us.")]
    assert "I was late." in text
    assert "Wait for us." in text
    assert "So was I." not in text + str(parts)
