"""What stories of conversations do: addresses, forms as a page holds them, a conversation with some posts."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from caucuses.models import Seat
from caucuses.threads.actions import begin_thread, post_reply
from caucuses.threads.models import Post, Thread

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
