"""When what stands in a conversation goes, for who reads it."""

from __future__ import annotations

from caucuses.models import Seat
from caucuses.retention import Going, going
from caucuses.threads.models import Thread
from caucuses.threads.permissions import posts_visible_to


def going_of(seat: Seat, thread: Thread) -> Going:
    """What `threads/goes_on.html` says of a conversation. One question, two where the oldest post or a cohort's end is asked for."""
    rows = posts_visible_to(seat).filter(thread=thread.pk).order_by("written_at", "pk")
    return going(seat.caucus, rows.values_list("written_at", flat=True).first)
