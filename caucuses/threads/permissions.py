"""Who may know of which conversation and post, and do what with it. Every rule asks a seat.

What was said before a seat's `since` is not there for it: no post, no wording, no title.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from caucuses.models import Fold, Seat
from caucuses.threads.models import Draft, Post, Thread, Wording


def threads_visible_to(seat: Seat) -> QuerySet[Thread]:
    """The conversations in which something was said since the seat's member came. No order."""
    return Thread.objects.filter(caucus=seat.caucus_id, last_at__gte=seat.since)


def can_see_thread(seat: Seat, thread: Thread) -> bool:
    """The other form of `threads_visible_to`."""
    return thread.caucus_id == seat.caucus_id and _since(seat, thread.last_at)


def can_read_title(seat: Seat, thread: Thread) -> bool:
    """Whether the conversation was begun after the seat's member came."""
    return can_see_thread(seat, thread) and _since(seat, thread.opened_at)


def is_title_shut(seat: Seat, thread: Thread) -> bool:
    """Whether a facilitator has hidden the title; who began the conversation still reads it, as they read their post."""
    return thread.is_title_hidden and thread.seat_id != seat.pk


def posts_visible_to(seat: Seat) -> QuerySet[Post]:
    """The posts since the seat's member came, deleted and hidden ones among them as far as their place goes. No order."""
    if seat.since is None:
        return Post.objects.none()
    return Post.objects.filter(caucus=seat.caucus_id, written_at__gte=seat.since)


def can_see_post(seat: Seat, post: Post) -> bool:
    """The other form of `posts_visible_to`."""
    return post.caucus_id == seat.caucus_id and _since(seat, post.written_at)


def posts_readable_by(seat: Seat) -> QuerySet[Post]:
    """Those of them of which the seat may read the words: a hidden one is read by its author alone."""
    there = posts_visible_to(seat).filter(deleted_at__isnull=True)
    return there.filter(Q(hidden_at__isnull=True) | Q(seat=seat.pk))


def can_read_post(seat: Seat, post: Post) -> bool:
    """The other form of `posts_readable_by`."""
    if not can_see_post(seat, post) or post.deleted_at is not None:
        return False
    return post.hidden_at is None or post.seat_id == seat.pk


def wordings_visible_to(seat: Seat) -> QuerySet[Wording]:
    """What the posts that the seat reads said before. No order."""
    return Wording.objects.filter(post__in=posts_readable_by(seat))


def can_read_wording(seat: Seat, wording: Wording) -> bool:
    """The other form of `wordings_visible_to`."""
    return can_read_post(seat, wording.post)


def drafts_visible_to(seat: Seat) -> QuerySet[Draft]:
    """The seat's own drafts."""
    return Draft.objects.filter(seat=seat.pk)


def can_see_draft(seat: Seat, draft: Draft) -> bool:
    """The other form of `drafts_visible_to`."""
    return draft.seat_id == seat.pk


def can_post_in_thread(seat: Seat, thread: Thread) -> bool:
    """Whether the seat may say something there: a closed conversation takes nothing more."""
    return can_see_thread(seat, thread) and thread.closed_at is None


def can_edit_post(seat: Seat, post: Post, thread: Thread) -> bool:
    """Whether the seat may word the post anew: one's own, while everybody reads it and the conversation is open."""
    return (
        can_delete_post(seat, post) and post.hidden_at is None and can_post_in_thread(seat, thread)
    )


def can_delete_post(seat: Seat, post: Post) -> bool:
    """Whether the seat may delete the post: one's own, hidden or not."""
    return post.seat_id == seat.pk and post.deleted_at is None and can_see_post(seat, post)


def can_quote_post(seat: Seat, post: Post) -> bool:
    """Whether the seat may answer the post with a passage of it: not where the two have stopped contact."""
    if not can_read_post(seat, post) or post.hidden_at is not None:
        return False
    return not Fold.objects.filter(seat=seat.pk, other=post.seat_id).exists()


def _since(seat: Seat, at: object) -> bool:
    return seat.since is not None and at >= seat.since  # type: ignore[operator]
