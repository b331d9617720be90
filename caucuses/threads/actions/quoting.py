"""The passage that an answer stands on: taken from the post by us, never from what a form sends."""

from __future__ import annotations

from uuid import UUID

from caucuses.models import Seat
from caucuses.threads.choices import LONGEST_PASSAGE
from caucuses.threads.models import Post, Thread
from caucuses.threads.permissions import can_quote_post
from caucuses.threads.reading import SHUT, passage_of


def quotable(seat: Seat, thread: Thread, post_id: UUID | None) -> Post | None:
    """The post of this conversation that the seat may quote; None for every other."""
    if post_id is None:
        return None
    post = Post.objects.filter(pk=post_id, thread=thread.pk).first()
    return post if post is not None and can_quote_post(seat, post) else None


def passage(post: Post | None) -> str:
    """The passage of a post that an answer stands on; empty where there is none, or it does not open."""
    try:
        return passage_of(post, longest=LONGEST_PASSAGE) if post is not None else ""
    except SHUT:
        return ""
