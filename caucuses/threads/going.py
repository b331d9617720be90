"""When what stands in a conversation goes, for who reads it."""

from __future__ import annotations

from django.db.models import Min

from caucuses.models import Seat
from caucuses.retention import Going, going
from caucuses.threads.models import Thread
from caucuses.threads.permissions import posts_visible_to


def going_of(seat: Seat, thread: Thread) -> Going:
    """What `threads/goes_on.html` says of a conversation. Two questions, three where a cohort's end is asked for."""
    rows = posts_visible_to(seat).filter(thread=thread)
    return going(seat.caucus, rows.aggregate(oldest=Min("written_at"))["oldest"])
