"""Which rows a page of conversations is about, and where a post stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import formats, timezone

from caucuses.models import Seat
from caucuses.stretches import Stretch, key_named, place_among
from caucuses.threads.models import Draft, Post, Thread
from caucuses.threads.permissions import posts_visible_to
from caucuses.threads.questions import posts_page, thread_seen
from core.access import visible_or_404
from core.fragments import address


def thread_of(seat: Seat, thread_id: UUID) -> Any:
    """The conversation with who began it, and whether the seat has a draft there (`has_draft`), or 404. One query."""
    thread = thread_seen(seat, thread_id)
    if thread is None:
        raise Http404
    return thread


def post_of(seat: Seat, thread_id: UUID, post_id: UUID) -> Post:
    """The post with its conversation, or 404."""
    rows = posts_visible_to(seat).select_related("thread")
    return visible_or_404(rows, pk=post_id, thread=thread_id)


def posts_of(request: HttpRequest, seat: Seat, thread: Thread) -> Stretch[Any]:
    """The posts of the page that is asked for: behind a post, in front of one, the newest; else the first. One query.

    What names no post of this conversation that the seat may know leads to the newest.
    """
    ahead, behind = key_named(request, "before"), key_named(request, "after")
    return posts_page(seat, thread.pk, newest="newest" in request.GET, ahead=ahead, behind=behind)


def address_of(thread: Thread) -> str:
    """The address of a conversation."""
    return address("threads:thread_show", thread.caucus_id, thread.pk)


def newest(post: Post) -> str:
    """The address of a post that was written just now: at the end of its conversation."""
    return f"{address_of(post.thread)}?newest=1#post-{post.pk}"


def place_of(seat: Seat, post: Post) -> str:
    """The address of a post among the others, with a few that were said before it."""
    there = posts_visible_to(seat).filter(thread=post.thread_id)
    return f"{address_of(post.thread)}{place_among(there, 'written_at', post.pk)}#post-{post.pk}"


def clock(at: Any) -> str:
    """A time of day as the reader's clock shows it."""
    return str(formats.time_format(timezone.localtime(at), "TIME_FORMAT"))


def saved_when(draft: Draft) -> str:
    """When a draft was saved: the time alone on the same day."""
    local = timezone.localtime(draft.saved_at)
    if local.date() == timezone.localdate():
        return clock(draft.saved_at)
    return str(formats.date_format(local, "DATETIME_FORMAT"))
