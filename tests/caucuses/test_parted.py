"""What is left for somebody who was removed: they alone read it, decide about their posts, and put it away."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from caucuses.actions import accept_agreement, remove_seat
from caucuses.actions.inviting import accept_invitation
from caucuses.actions.leaving import leave_all
from caucuses.actions.parting import empty_partings, end_partings
from caucuses.models import Parting
from caucuses.permissions import seat_in
from caucuses.threads.actions import begin_thread
from caucuses.threads.actions.drafting import keep_draft
from caucuses.threads.models import Post
from core import doors
from core.crypto import owners
from core.models import DataKey, KeyOwner, OwnerKind
from tests.caucuses.changing import fresh
from tests.caucuses.comings import UNUSED, invites, page_of, removed
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db

POSTS = [uuid4(), uuid4()]


@pytest.fixture
def parting(cast):
    seat = a_room(cast["dev"], cast["elu"], name="Under the stairs")[0]
    texts = ["A thought I had begun.", ["A title", "and its text"]]
    return removed(seat, cast["gus"], reason="You spoke over Elu.", texts=texts, posts=POSTS)


@pytest.fixture
def asked(monkeypatch):
    """Who deletes posts, in place of the rooms above."""
    calls = []
    monkeypatch.setitem(doors._offers, "parted_posts", [(1, "story", lambda **given: calls.append(given))])  # fmt: skip
    return calls


def address(parting, way=""):
    return f"/caucuses/parted/{parting.pk}/{way}"


def test_they_read_the_reason_and_what_they_were_writing(as_, parting):
    page = as_("gus").get(address(parting)).text

    for words in ("You spoke over Elu.", "A thought I had begun.", "A title", "and its text", "Under the stairs"):  # fmt: skip
        assert words in page
    assert "<title>Caucus" in page
    assert address(parting) in as_("gus").get("/caucuses/").text


@pytest.mark.parametrize("name", ["dev", "elu", "mo", "ana", "rui", "fay"])
@pytest.mark.parametrize("way", ["", "posts/", "away/"])
def test_nobody_else_finds_it(as_, parting, name, way):
    client = as_(name)
    send = client.post if way else client.get

    real, unused = send(address(parting, way)), send(f"/caucuses/parted/{UNUSED}/{way}")

    assert (real.status_code, unused.status_code) == (404, 404)
    assert page_of(real) == page_of(unused)


def test_they_have_their_posts_deleted_once(as_, parting, asked):
    client = as_("gus")

    client.post(address(parting, "posts/"))
    client.post(address(parting, "posts/"))

    assert asked[0] == {"caucus": parting.caucus, "post_ids": POSTS}
    assert [call["post_ids"] for call in asked[1:]] == [[]] * (len(asked) - 1)
    page = client.get(address(parting)).text
    assert "You spoke over Elu." in page
    assert "Delete my posts there" not in page


def test_put_away_only_that_it_happened_stays(as_, cast, parting):
    client = as_("gus")

    client.post(address(parting, "away/"))

    row = Parting.objects.get()
    assert (str(row.name), str(row.reason), str(row.kept), str(row.posts)) == ("", "", "", "")
    assert (row.token, row.at) == (parting.token, parting.at)
    assert client.get(address(parting)).status_code == 404
    assert "Under the stairs" not in client.get("/caucuses/").text


def test_the_words_go_after_30_days_and_the_rest_after_a_year(parting, time_machine):
    begun = timezone.now()
    assert (empty_partings(), end_partings()) == (0, 0)

    time_machine.move_to(begun + timedelta(days=30, minutes=1))
    assert (empty_partings(), end_partings()) == (1, 0)
    assert empty_partings() == 0
    assert str(Parting.objects.get().reason) == ""
    time_machine.move_to(begun + timedelta(days=365, minutes=1))
    assert end_partings() == 1

    assert not Parting.objects.exists()


def test_one_value_that_does_not_open_leaves_the_rest(as_, parting):
    other = Parting.objects.get()
    other.kept = "no list {"
    other.save()

    assert "You spoke over Elu." in as_("gus").get(address(parting)).text


def test_what_they_said_there_goes_when_they_want_it(as_, cast):
    """From their removal to the deletion, by the pages, with the rooms that stand above."""
    dev, elu = a_room(cast["dev"], cast["elu"])
    post = begin_thread(seat=elu, title="Stairs", text="I was late.")
    as_("dev").post(f"/caucuses/{dev.caucus_id}/people/{elu.pk}/remove/", {"reason": "So."})
    parting = Parting.objects.get()
    stays = Post.objects.get(pk=post.pk)
    assert (stays.seat_id, str(stays.text)) == (None, "I was late.")

    as_("elu").post(address(parting, "posts/"))

    gone = Post.objects.get(pk=post.pk)
    assert gone.deleted_at is not None
    assert (str(gone.text), str(gone.thread.title)) == ("", "")


def back_again(dev, member):
    """Who was removed is invited, and comes in again."""
    invites(dev, member)
    accept_invitation(caucus_id=dev.caucus_id, by=member, name="Elu")
    seat = seat_in(member, dev.caucus_id)
    accept_agreement(seat=seat, number=seat.caucus.agreement)
    return fresh(seat)


@pytest.fixture
def two_stays(cast):
    """Elu said something, was removed, came back, and said something more; her first post and her second seat."""
    dev, elu = a_room(cast["dev"], cast["elu"])
    first = begin_thread(seat=elu, title="Stairs", text="I was late.")
    keep_draft(seat=elu, thread=None, title="Rain", text="It never stopped.")
    remove_seat(seat=fresh(dev), other=elu, reason="The first reason.")
    return fresh(dev), first, back_again(dev, cast["elu"])


def is_gone(post):
    now = Post.objects.get(pk=post.pk)
    return now.deleted_at is not None and str(now.text) == ""


def test_a_second_removal_keeps_what_the_first_left(as_, cast, two_stays):
    dev, first, elu = two_stays
    second = begin_thread(seat=elu, title="Doors", text="I am back.")
    keep_draft(seat=elu, thread=None, title="Sun", text="It came out.")
    remove_seat(seat=dev, other=elu, reason="The second reason.")
    parting = Parting.objects.get()

    page = as_("elu").get(address(parting)).text
    as_("elu").post(address(parting, "posts/"))

    for words in ("The first reason.", "It never stopped.", "The second reason.", "It came out."):
        assert words in page
    assert page.index("The first reason.") < page.index("The second reason.")
    assert (is_gone(first), is_gone(second)) == (True, True)


def test_what_was_put_away_does_not_come_back_with_a_second_removal(as_, cast, two_stays):
    dev, first, elu = two_stays
    as_("elu").post(address(Parting.objects.get(), "away/"))

    parting = remove_seat(seat=dev, other=elu, reason="The second reason.")

    page = as_("elu").get(address(parting)).text
    assert ("The first reason." in page, "It never stopped." in page) == (False, False)
    assert "The second reason." in page
    as_("elu").post(address(parting, "posts/"))
    assert not is_gone(first)


@pytest.mark.parametrize(("choice", "goes"), [("go", True), ("stay", False)])
def test_who_came_back_and_leaves_decides_about_both_stays(as_, cast, two_stays, choice, goes):
    dev, first, elu = two_stays
    second = begin_thread(seat=elu, title="Doors", text="I am back.")

    as_("elu").post(f"/caucuses/{dev.caucus_id}/leave/", {"posts": choice})

    assert (is_gone(first), is_gone(second)) == (goes, goes)
    assert not Parting.objects.exists()


@pytest.mark.parametrize("is_back", [True, False], ids=["came back", "stayed out"])
def test_an_account_that_closes_takes_the_posts_of_before_along(cast, two_stays, is_back):
    dev, first, elu = two_stays
    if not is_back:
        remove_seat(seat=dev, other=elu, reason="The second reason.")

    leave_all(member=cast["elu"])

    assert is_gone(first)
    assert not Parting.objects.exists()


def test_a_name_that_the_room_took_afterwards_is_not_shown(as_, parting):
    caucus = parting.caucus
    caucus.name = "Secret of June"
    caucus.save()

    for address_ in ("/caucuses/", address(parting)):
        page = as_("gus").get(address_).text
        assert "Secret of June" not in page
        assert "Under the stairs" in page


def test_one_room_whose_key_does_not_open_keeps_no_words_of_the_others(cast, parting, time_machine):
    other = removed(a_room(cast["fay"])[0], cast["gus"], texts=["Of another room."])
    begun = timezone.now()
    owner = KeyOwner.objects.get(kind=OwnerKind.CAUCUS, ref=parting.caucus_id)
    DataKey.objects.filter(owner=owner.pk).update(wrapped=b"x" * 60)
    owners.forget()

    time_machine.move_to(begun + timedelta(days=30, minutes=1))
    empty_partings()

    (left,) = Parting.objects.all()
    assert left.pk == other.pk
    assert str(left.kept) == ""
