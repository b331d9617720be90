"""Titles and drafts go when they are old; one's words go in few statements, titles and what others hold of them, too."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from caucuses.actions import remove_seat
from caucuses.actions.expiring import expire_words
from caucuses.actions.leaving import leave_caucus
from caucuses.actions.parting import posts_of
from caucuses.choices import Keeping
from caucuses.concerns.actions.reporting import send_concern
from caucuses.concerns.models import Concern
from caucuses.threads.actions import begin_thread, delete_post, keep_draft, post_reply
from caucuses.threads.models import Draft, Post, Thread
from core import doors
from tests.caucuses.changing import change, damage, fresh
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import here, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(cast):
    """Dev and Elu in a room that keeps words for 90 days."""
    return a_room(cast["dev"], cast["elu"], keeping=Keeping.DAYS_90)


def ago(days):
    return timezone.now() - timedelta(days=days)


def test_the_title_goes_where_others_go_on_posting(as_, seats):
    dev, elu = seats
    first = begin_thread(seat=dev, title="Old title", text="Old.")
    type(dev).objects.filter(caucus=dev.caucus).update(since=ago(200))
    Post.objects.filter(pk=first.pk).update(written_at=ago(100))
    Thread.objects.filter(pk=first.thread_id).update(opened_at=ago(100))
    post_reply(seat=elu, thread=first.thread, text="New.")

    expire_words(now=timezone.now())

    said = words_of(as_("elu").get(here(elu, f"{first.thread_id}/")))
    assert "New." in said
    assert "Old title" not in said
    assert str(Thread.objects.get(pk=first.thread_id).title) == ""


def test_a_draft_goes_by_when_it_was_saved(seats):
    dev, elu = seats
    keep_draft(seat=dev, thread=None, title="A title", text="A draft.")
    Draft.objects.filter(seat=dev).update(saved_at=ago(91))
    keep_draft(seat=elu, thread=None, title="Another", text="Of today.")

    expire_words(now=timezone.now())

    assert [str(row.text) for row in Draft.objects.filter(caucus=dev.caucus)] == ["Of today."]


def test_a_draft_of_today_is_kept_beside_one_that_does_not_open(seats):
    dev, _elu = seats
    first = begin_thread(seat=dev, title="Old", text="Old.")
    keep_draft(seat=dev, thread=None, title="New one", text="Damaged.")
    damage(Draft.objects.get(seat=dev), "text")
    keep_draft(seat=dev, thread=first.thread, text="Of today.")
    Post.objects.filter(pk=first.pk).update(written_at=ago(100))
    Thread.objects.filter(pk=first.thread_id).update(opened_at=ago(100), last_at=ago(100))

    expire_words(now=timezone.now())

    kept = Draft.objects.get(seat=dev)
    assert (str(kept.title), str(kept.text), kept.thread_id) == ("New one", "Of today.", None)


def test_who_was_removed_has_titles_and_passages_deleted_with_their_posts(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    first = begin_thread(seat=elu, title="Elu’s title", text="Elu’s words.")
    last = post_reply(seat=elu, thread=first.thread, text="More words.")
    send_concern(seat=jo, concern_id=uuid4(), words="Why.", about=elu, post=last)
    delete_post(seat=elu, post=first)

    parting = remove_seat(seat=dev, other=elu, reason="A reason.")
    doors.ask("parted_posts", caucus=dev.caucus, post_ids=posts_of(parting))

    assert str(Thread.objects.get(pk=first.thread_id).title) == ""
    assert str(Post.objects.get(pk=last.pk).text) == ""
    assert str(Concern.objects.get(caucus=dev.caucus).excerpt) == ""


def test_leaving_with_posts_asks_little_more_for_many(cast, django_assert_max_num_queries):
    dev, elu = a_room(cast["dev"], cast["elu"])
    first = begin_thread(seat=elu, title="T", text="One.")
    for number in range(120):
        mine = post_reply(seat=elu, thread=first.thread, text=f"Mine {number}.")
    answer = post_reply(seat=dev, thread=first.thread, text="Of Dev.", quotes=mine.pk)

    with django_assert_max_num_queries(60):
        leave_caucus(seat=elu, with_posts=True)

    rows = Post.objects.filter(thread=first.thread_id)
    assert {str(row.text) for row in rows} == {"", "Of Dev."}
    assert str(Post.objects.get(pk=answer.pk).quoted) == ""
    assert rows.filter(deleted_at__isnull=True).get().pk == answer.pk


def test_ones_own_post_is_deleted_before_a_new_agreement_is_accepted(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    mine = begin_thread(seat=elu, title="T", text="Mine.")
    others = begin_thread(seat=dev, title="T", text="Not Elu’s.")
    change(dev, elu, text="We sing.")
    client = as_("elu")

    for post, status in ((others, 403), (mine, 302)):
        tail = f"{post.thread_id}/posts/{post.pk}/delete/"
        assert client.post(here(elu, tail), {"once": str(uuid4())}).status_code == status

    assert Post.objects.get(pk=mine.pk).deleted_at is not None
    assert fresh(elu).must_accept
