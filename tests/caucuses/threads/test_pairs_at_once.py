"""Two acts at the same moment: removing and posting, hiding twice, wording anew while it is deleted and quoted."""

import pytest
from django.core.exceptions import PermissionDenied

from caucuses.actions import remove_seat
from caucuses.models import Event, Seat
from caucuses.threads.actions import Gone, Stale, delete_post, edit_post, post_reply
from caucuses.threads.actions.acts import Hidden, hide_post
from caucuses.threads.models import Post
from tests.accountability.buddies.test_at_once import at_once
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def room(cast):
    """Dev and Ana facilitate; Elu is there."""
    dev, ana, elu = a_room(cast["dev"], cast["ana"], cast["elu"])
    Seat.objects.filter(pk=ana.pk).update(is_facilitator=True)
    ana.is_facilitator = True
    return dev, ana, elu


@pytest.mark.parametrize("turn", range(3))
def test_somebody_is_removed_while_they_post(room, turn):
    """Either it was posted and stands as by a former member, with its id kept for them, or it was not and they are told."""
    dev, _ana, elu = room
    first = begun(dev)

    parting, posted = at_once(
        lambda: remove_seat(seat=dev, other=elu, reason="A reason."),
        lambda: post_reply(seat=elu, thread=first.thread, text="At the last moment."),
    )

    others = Post.objects.filter(thread=first.thread_id).exclude(pk=first.pk)
    if isinstance(posted, PermissionDenied):
        assert not others.exists()
    else:
        assert others.get().seat_id is None
        assert str(posted.pk) in str(parting.posts)


@pytest.mark.parametrize("turn", range(3))
def test_two_facilitators_hide_one_post(room, turn):
    """The first one's reason stands, and the log has one line."""
    dev, ana, elu = room
    post = begun(elu)

    outcomes = at_once(
        lambda: hide_post(seat=dev, post=post, reason="Of Dev."),
        lambda: hide_post(seat=ana, post=post, reason="Of Ana."),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Hidden", "NoneType"]
    stands = "Of Ana." if isinstance(outcomes[0], Hidden) else "Of Dev."
    assert str(Post.objects.get(pk=post.pk).reason) == stands
    assert Event.objects.filter(caucus=dev.caucus, what="hidden").count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_post_is_worded_anew_deleted_and_quoted(room, turn):
    """In every order nothing of it is left, in its place and in what answers it."""
    dev, _ana, elu = room
    post = begun(elu, text="Elu’s words.")

    edited, deleted, answered = at_once(
        lambda: edit_post(seat=elu, post=post, text="Elu’s others.", seen_revision=1),
        lambda: delete_post(seat=elu, post=post),
        lambda: post_reply(seat=dev, thread=post.thread, text="An answer.", quotes=post.pk),
    )

    assert isinstance(edited, Post | Gone | Stale)
    assert deleted is None
    answer = Post.objects.get(pk=answered.pk)
    assert (str(answer.quoted), answer.quotes_id) == ("", None)
    row = Post.objects.get(pk=post.pk)
    assert (str(row.text), row.deleted_at is not None, row.wordings.count()) == ("", True, 0)
