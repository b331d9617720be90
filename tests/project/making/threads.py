"""What the table of addresses names of threads."""

from __future__ import annotations

from typing import Any

from caucuses.threads.actions import begin_thread, keep_draft
from tests.caucuses.story import join, own_room
from tests.caucuses.threads.saying import said


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of threads can name, in the room that Dev opened."""
    seat = own_room(cast["dev"], cast["elu"])
    post = begin_thread(seat=seat, title="After Thursday", text="What did we avoid?")
    keep_draft(seat=seat, thread=post.thread, text="I was going to say")
    keep_draft(seat=seat, thread=None, title="Another thing", text="It began when")
    return {"thread": str(post.thread_id), "post": str(post.pk), **acted_on(cast)}


def acted_on(cast: dict[str, Any]) -> dict[str, str]:
    """Something that Elu said, on which Dev can act."""
    post = said(join(own_room(cast["dev"], cast["elu"]), cast["elu"]), "It costs me sleep.")
    return {"their_thread": str(post.thread_id), "their_post": str(post.pk)}
