"""What the stories of conversations share: something said in a room, and what a page looks like without what is of the moment."""

from __future__ import annotations

from typing import Any

from caucuses.actions.leaving import leave_caucus
from caucuses.models import Seat
from caucuses.threads.models import Post, Thread
from core.text import CLEANER_VERSION, clean_markdown
from tests.caucuses.story import join

TITLE = "What it costs"


def a_thread(seat: Seat, title: str = TITLE, **given: Any) -> Thread:
    """A conversation that this seat opened."""
    thread = Thread(caucus=seat.caucus, seat=seat, **given)
    thread.title = title
    thread.save(force_insert=True)
    return thread


def said(seat: Seat, text: str, *, thread: Thread | None = None, quotes: Post | None = None, **given: Any) -> Post:  # fmt: skip
    """A post by this seat, in this conversation or one of its own."""
    post = Post(
        caucus=seat.caucus, thread=thread or a_thread(seat), seat=seat, quotes=quotes, **given
    )
    post.text, post.html, post.cleaner_version = text, clean_markdown(text), CLEANER_VERSION
    if quotes is not None:
        post.quoted = str(quotes.text)
    post.save(force_insert=True)
    return post


def left_behind(seat: Seat, member: Any, text: str) -> Post:
    """What somebody said in the room of this seat before they left it."""
    theirs = join(seat, member)
    post = said(theirs, text)
    leave_caucus(seat=theirs, with_posts=False)
    return Post.objects.get(pk=post.pk)


def room(seat: Seat, rest: str = "") -> str:
    """An address in the room of this seat."""
    return f"/caucuses/{seat.caucus_id}/{rest}"


def place(post: Post, rest: str = "") -> str:
    """An address of this post."""
    return f"/caucuses/{post.caucus_id}/threads/{post.thread_id}/posts/{post.pk}/{rest}"


def talk(post: Post) -> str:
    """The page of the conversation in which it stands."""
    return f"/caucuses/{post.caucus_id}/threads/{post.thread_id}/"
