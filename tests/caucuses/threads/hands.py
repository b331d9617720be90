"""What stories of conversations share: something said in a room, forms as a page holds them, addresses, what a page says."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from caucuses.actions.leaving import leave_caucus
from caucuses.models import Seat
from caucuses.threads.actions import begin_thread, post_reply
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


SAID = "When the question came up I moved us on to the budget."


def here(seat: Seat, tail: str = "") -> str:
    """An address of conversations in the room of this seat."""
    return f"/caucuses/{seat.caucus_id}/threads/{tail}"


def begun(seat: Seat, text: str = SAID, title: str = "After Thursday") -> Post:
    """The first post of a new conversation."""
    return begin_thread(seat=seat, title=title, text=text)


def talk_of(seat: Seat, *others: Seat, posts: int) -> Thread:
    """A conversation of so many posts, by these in turn; every third answers the first."""
    seats, first = (seat, *others), begun(seat)
    for number in range(1, posts):
        quotes = first.pk if number % 3 == 0 else None
        by = seats[number % len(seats)]
        post_reply(seat=by, thread=first.thread, text=f"{SAID} ({number})", quotes=quotes)
    return first.thread


def sent(text: str, **more: Any) -> dict[str, Any]:
    """What the form of a page sends."""
    return {"once": str(uuid4()), "turn": "1", "seen": "0", "text": text, **more}


def words_of(answer: Any) -> str:
    """What stands on a page, without tags and in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text.split("<main")[1]).split())
