"""Dev facilitates: he hides a post with a reason, shows it again, closes a conversation. He changes nobody's words."""

import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connections

from caucuses.models import Event, Seat
from caucuses.threads.acting import acts_for, can_close_thread, can_hide_post, can_reveal_post
from caucuses.threads.actions import begin_thread, delete_post, post_reply
from caucuses.threads.actions.acts import (
    Gone,
    Hidden,
    hide_post,
    reveal_post,
    set_thread_closed,
)
from caucuses.threads.models import Post, Thread
from core.models import AuditEvent
from notices.models import Notice
from tests.caucuses.story import a_room
from tests.caucuses.threads.saying import a_thread, place, room, said, talk

pytestmark = pytest.mark.django_db
REASON = "It names somebody who is not here."
NEUTRAL = "This post was hidden by a facilitator."


@pytest.fixture
def seats(cast):
    """Dev and Ana facilitate, Elu and Hana are there."""
    found = a_room(cast["dev"], cast["elu"], cast["hana"], cast["ana"])
    Seat.objects.filter(pk=found[3].pk).update(is_facilitator=True)
    found[3].is_facilitator = True
    return found


def test_a_hidden_post_is_read_by_its_author_alone_with_the_reason(seats, as_):
    post = said(seats[1], "Paul said it to me.")

    answer = as_("dev").post(place(post, "hide/"), {"reason": REASON})

    pages = {name: as_(name).get(talk(post)).text for name in ("dev", "elu", "hana", "ana")}
    assert answer.headers["Location"] == place(post)
    assert {name for name, page in pages.items() if "Paul said it" in page} == {"elu"}
    assert {name for name, page in pages.items() if REASON in page} == {"elu"}
    assert {name for name, page in pages.items() if f"{NEUTRAL}</p>" in page} == {
        "dev",
        "hana",
        "ana",
    }
    assert "Only you still see it." in pages["elu"]
    assert "names somebody" not in str(Post.objects.values_list("reason").get())


def test_the_title_is_hidden_with_the_post_that_begins_the_conversation(seats, as_):
    dev, elu = seats[:2]
    post = begin_thread(seat=elu, title="A title that hurts", text="Words that hurt.")
    reply = post_reply(seat=seats[2], thread=post.thread, text="Please do not.")
    lists = [room(dev), room(dev, "threads/"), talk(post)]

    asked = as_("dev").get(place(post, "hide/")).text
    of_reply = as_("dev").get(place(reply, "hide/")).text
    hide_post(seat=dev, post=post, reason=REASON)

    assert "so the title is hidden with it." in asked
    assert "so the title is hidden with it." not in of_reply
    for address in lists:
        assert "A title that hurts" not in as_("hana").get(address).text
        assert "A conversation whose title is hidden" in as_("hana").get(address).text
        assert "A title that hurts" in as_("elu").get(address).text
    assert "The title was hidden by a facilitator" in as_("elu").get(talk(post)).text

    reveal_post(seat=dev, post=post)

    assert all("A title that hurts" in as_("hana").get(address).text for address in lists)


def test_the_title_goes_with_the_post_that_begins_the_conversation(seats, as_):
    post = begin_thread(seat=seats[1], title="A title that hurts", text="Words that hurt.")
    post_reply(seat=seats[2], thread=post.thread, text="Please do not.")
    hide_post(seat=seats[0], post=post, reason=REASON)
    asked = as_("elu").get(place(post, "delete/")).text

    delete_post(seat=seats[1], post=post)

    assert "so the title goes with it." in asked
    thread = Thread.objects.get()
    assert (str(thread.title), thread.is_title_hidden) == ("", False)
    assert "Please do not." in as_("elu").get(talk(post)).text


def test_titles_of_posts_that_were_hidden_before_are_hidden_by_the_migration(seats):
    """Of a room as the release before left it: the post that begins is hidden, also a former member's, or an answer is."""
    own, left, answered = (
        begin_thread(seat=seats[1], title=f"Title {number}", text="Words.") for number in range(3)
    )
    reply = post_reply(seat=seats[2], thread=answered.thread, text="An answer.")
    for post in (own, left, reply):
        hide_post(seat=seats[0], post=post, reason=REASON)
    Post.objects.filter(pk=left.pk).update(seat=None)
    Thread.objects.filter(pk=left.thread_id).update(seat=None)
    Thread.objects.update(is_title_hidden=False)

    import_module("caucuses.threads.migrations.0002_hidden_titles").hide(apps, None)

    hidden = Thread.objects.filter(is_title_hidden=True).values_list("pk", flat=True)
    assert set(hidden) == {own.thread_id, left.thread_id}


def test_the_title_stays_where_an_answer_is_hidden(seats, as_):
    post = begin_thread(seat=seats[1], title="What it costs", text="Sleep.")
    reply = post_reply(seat=seats[2], thread=post.thread, text="Words that hurt.")

    hide_post(seat=seats[0], post=reply, reason=REASON)

    assert "What it costs" in as_("ana").get(talk(post)).text


def test_its_words_stay_as_they_are_and_it_is_shown_again(seats, as_):
    post, acts = said(seats[1], "Paul said it to me."), AuditEvent.objects.count()
    hide_post(seat=seats[0], post=post, reason=REASON)

    answers = [as_("ana").post(place(post, "reveal/")) for _ in range(2)]

    row = Post.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (row.hidden_at, str(row.reason), str(row.text)) == (None, "", "Paul said it to me.")
    assert "Paul said it" in as_("hana").get(talk(post)).text
    assert Thread.objects.get().revision == 3
    told = list(Event.objects.exclude(what="opened").order_by("at").values_list("what", "seat"))
    assert told == [("hidden", seats[0].pk), ("shown", seats[3].pk)]
    assert (AuditEvent.objects.count(), Notice.objects.count()) == (acts, 0)


def test_without_a_reason_or_with_a_long_one_nothing_is_hidden_and_nothing_lost(seats, as_):
    post = said(seats[1], "Paul said it to me.")
    long = "r" * 1001

    pages = [as_("dev").post(place(post, "hide/"), {"reason": one}) for one in ("", "  ", long)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Nothing was hidden." in pages[0].text
    assert "This has 1,001 characters; 1,000 fit." in pages[2].text
    assert long in pages[2].text
    assert Post.objects.get().hidden_at is None


def test_who_does_not_facilitate_hides_nothing_and_nobody_hides_their_own(seats, as_):
    post, own = said(seats[1], "Paul said it to me."), said(seats[0], "I said it.")

    for name, one in (("hana", post), ("elu", post), ("dev", own)):
        assert as_(name).get(place(one, "hide/")).status_code == 403
        assert as_(name).post(place(one, "hide/"), {"reason": REASON}).status_code == 403
    for seat, one in ((seats[2], post), (seats[0], own)):
        with pytest.raises(PermissionDenied):
            hide_post(seat=seat, post=one, reason=REASON)
    assert as_("gus").get(place(post, "hide/")).status_code == 404


def test_whose_post_it_is_does_not_show_it_again(seats, as_):
    post = said(seats[3], "I, who facilitate, said it.")
    hide_post(seat=seats[0], post=post, reason=REASON)

    assert as_("ana").post(place(post, "reveal/")).status_code == 403
    assert as_("hana").post(place(post, "reveal/")).status_code == 403


def test_the_second_to_hide_it_gets_a_sentence_and_keeps_what_they_typed(seats, as_):
    post = said(seats[1], "Paul said it to me.")
    hide_post(seat=seats[0], post=post, reason=REASON)

    page = as_("ana").post(place(post, "hide/"), {"reason": "It is unkind."})

    assert page.status_code == 409
    assert "This post is hidden already" in page.text
    assert ("It is unkind." in page.text, REASON in page.text) == (True, False)
    assert str(Post.objects.get().reason) == REASON
    assert Event.objects.filter(what="hidden").count() == 1
    assert as_("hana").post(place(post, "hide/"), {"reason": "x"}).status_code == 403


def test_what_was_deleted_meanwhile_is_not_hidden_and_nothing_typed_is_lost(seats, as_):
    post = said(seats[1], "Paul said it to me.")
    Post.objects.filter(pk=post.pk).update(deleted_at="2026-11-01T00:00Z")

    page = as_("dev").post(place(post, "hide/"), {"reason": "It is unkind."})

    assert page.status_code == 409
    assert ("This post was deleted" in page.text, "It is unkind." in page.text) == (True, True)
    with pytest.raises(Gone):
        hide_post(seat=seats[0], post=post, reason=REASON)
    with pytest.raises(Gone):
        reveal_post(seat=seats[0], post=post)
    assert as_("dev").post(place(post, "reveal/")).status_code == 409


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_hide_the_same_post_at_once(cast):
    """The first reason stands; the other is told so."""
    dev, elu, ana = a_room(cast["dev"], cast["elu"], cast["ana"])
    Seat.objects.filter(pk=ana.pk).update(is_facilitator=True)
    post, start, results = said(elu, "Paul said it to me."), threading.Barrier(2), []

    def hide(seat, reason):
        start.wait()
        try:
            hide_post(seat=seat, post=post, reason=reason)
            results.append(reason)
        except Hidden:
            results.append("hidden already")
        finally:
            connections.close_all()

    both = [threading.Thread(target=hide, args=given) for given in ((dev, "one"), (ana, "two"))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert "hidden already" in results
    assert {*results} - {"hidden already"} == {str(Post.objects.get(pk=post.pk).reason)}
    assert Event.objects.filter(caucus=dev.caucus_id, what="hidden").count() == 1


def test_a_conversation_is_closed_and_opened_again(seats, as_):
    post = said(seats[1], "Paul said it to me.")
    answers = [as_("dev").post(f"{talk(post)}close/", {"closed": "1"}) for _ in range(2)]
    closed = Thread.objects.get()
    set_thread_closed(seat=seats[3], thread=closed, closed=False)

    assert [answer.headers["Location"] for answer in answers] == [talk(post)] * 2
    assert (closed.closed_at is not None, closed.revision) == (True, 2)
    assert (Thread.objects.get().closed_at, Thread.objects.get().revision) == (None, 3)
    told = list(Event.objects.exclude(what="opened").order_by("at").values_list("what", flat=True))
    assert told == ["closed", "reopened"]


def test_only_facilitators_close_it(seats, as_):
    post = said(seats[1], "Paul said it to me.")

    assert as_("elu").post(f"{talk(post)}close/", {"closed": "1"}).status_code == 403
    assert as_("gus").post(f"{talk(post)}close/", {"closed": "1"}).status_code == 404
    with pytest.raises(PermissionDenied):
        set_thread_closed(seat=seats[1], thread=post.thread, closed=True)
    assert "Close this conversation" not in as_("elu").get(talk(post)).text
    assert "Close this conversation" in as_("dev").get(talk(post)).text


def test_both_forms_of_the_rules_agree(seats, cast):
    thread = a_thread(seats[1])
    for seat in seats:
        said(seat, "Open.", thread=thread)
        post = said(seat, "Hidden.", thread=thread)
        Post.objects.filter(pk=post.pk).update(hidden_at="2026-11-01T00:00Z")
    posts = list(Post.objects.all())
    stranger = a_room(cast["fay"])[0]

    for seat in (*seats, stranger):
        acts = acts_for(seat, posts)
        assert [acts[post.pk].can_hide for post in posts] == [
            can_hide_post(seat, post) for post in posts
        ]
        assert [acts[post.pk].can_reveal for post in posts] == [
            can_reveal_post(seat, post) for post in posts
        ]
        assert can_close_thread(seat, thread) == (seat.pk in {seats[0].pk, seats[3].pk})
    assert sum(can_hide_post(seats[0], post) for post in posts) == 3
