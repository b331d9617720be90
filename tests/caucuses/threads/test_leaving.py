"""What becomes of somebody's words when they leave or are removed."""

import pytest

from caucuses.actions.leaving import leave_caucus
from caucuses.threads.actions import edit_post, keep_draft, post_reply
from caucuses.threads.models import Draft, Post, Thread, Wording
from core import doors
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import begun, here, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return a_room(cast["dev"], cast["elu"])


def test_who_leaves_with_their_posts_leaves_no_word(room, as_):
    dev, elu = room
    first = begun(elu, text="Mine alone.", title="My title")
    edit_post(seat=elu, post=first, text="Mine still.", seen_revision=1)
    post_reply(seat=dev, thread=first.thread, text="I heard you.", quotes=first.pk)
    keep_draft(seat=elu, thread=first.thread, text="Not yet.")

    leave_caucus(seat=elu, with_posts=True)

    page = words_of(as_("dev").get(here(dev, f"{first.thread_id}/")))
    assert "I heard you." in page
    assert "This post was deleted." in page
    assert not any(word in page for word in ("Mine", "My title", "Elu"))
    thread, answer = Thread.objects.get(), Post.objects.get(seat=dev)
    assert (thread.title, thread.seat_id, answer.quoted, answer.quotes_id) == ("", None, "", None)
    assert (Draft.objects.count(), Wording.objects.count()) == (0, 0)


def test_the_parts_of_a_seat_for_who_is_removed(room):
    dev, elu = room
    first = begun(elu, title="My title")
    keep_draft(seat=elu, thread=None, title="Another", text="It began")
    keep_draft(seat=elu, thread=first.thread, text="Not yet.")

    parts = doors.ask("seat_parts", seat=elu)

    assert {
        "texts": [
            {"title": "Another", "text": "It began"},
            {"title": "My title", "text": "Not yet."},
        ],
        "posts": [str(first.pk), str(first.thread_id)],
    } in parts
    assert all(part == {"texts": [], "posts": []} for part in doors.ask("seat_parts", seat=dev))


def test_afterwards_their_posts_go_and_nobody_elses(room):
    dev, elu = room
    first, kept = begun(elu, text="Mine.", title="My title"), begun(dev, text="Dev's.")
    leave_caucus(seat=elu, with_posts=False)

    doors.ask("parted_posts", caucus=dev.caucus, post_ids=[first.pk, first.thread_id, kept.pk])

    assert Post.objects.get(pk=first.pk).deleted_at is not None
    assert str(Post.objects.get(pk=first.pk).text) == ""
    assert str(Thread.objects.get(pk=first.thread_id).title) == ""
    assert str(Post.objects.get(pk=kept.pk).text) == "Dev's."


def test_ones_own_words_for_ones_own_copy(room):
    dev, elu = room
    first = begun(dev, text="One.", title="Counting")
    post_reply(seat=elu, thread=first.thread, text="Not mine.")
    last = post_reply(seat=dev, thread=first.thread, text="Two.")

    said = dict(doors.ask("own_words", seat=dev))["Conversations"]

    assert [(row["title"], row["text"]) for row in said] == [("Counting", "One."), ("Counting", "Two.")]  # fmt: skip
    assert said[1]["at"] == last.written_at.isoformat()
