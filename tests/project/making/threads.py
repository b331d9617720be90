"""What the table of addresses names of threads."""

from __future__ import annotations

from typing import Any

from caucuses.threads.actions import begin_thread, keep_draft
from tests.caucuses.story import own_room


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of threads can name, in the room that Dev opened."""
    seat = own_room(cast["dev"], cast["elu"])
    post = begin_thread(seat=seat, title="After Thursday", text="What did we avoid?")
    keep_draft(seat=seat, thread=post.thread, text="I was going to say")
    keep_draft(seat=seat, thread=None, title="Another thing", text="It began when")
    return {"thread": str(post.thread_id), "post": str(post.pk)}
