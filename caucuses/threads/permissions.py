"""What of the conversations a seat may know."""

from __future__ import annotations

from django.db.models import QuerySet

from caucuses.models import Fold, Seat
from caucuses.threads.models import Post, Thread


def posts_visible_to(seat: Seat) -> QuerySet[Post]:
    """The posts of the seat's room since its member came in."""
    return Post.objects.filter(caucus=seat.caucus_id, written_at__gte=seat.since)


def threads_visible_to(seat: Seat) -> QuerySet[Thread]:
    """The conversations in which something was said since its member came in."""
    return Thread.objects.filter(caucus=seat.caucus_id, last_at__gte=seat.since)


def can_read_post(seat: Seat, post: Post) -> bool:
    """Whether the seat reads its words: of a hidden one its author alone does."""
    if post.caucus_id != seat.caucus_id or post.deleted_at is not None:
        return False
    if seat.since is None or post.written_at < seat.since:
        return False
    return post.hidden_at is None or post.seat_id == seat.pk


def can_quote_post(seat: Seat, post: Post) -> bool:
    """Whether the seat may answer the post with a passage of it: not where it keeps away from whose post it is."""
    if not can_read_post(seat, post) or post.hidden_at is not None:
        return False
    return not Fold.objects.filter(seat=seat.pk, other=post.seat_id).exists()
