"""When what stands in a conversation goes, for who reads it."""

from __future__ import annotations

from functools import partial

from caucuses.models import Seat
from caucuses.retention import Going, going
from caucuses.threads.models import Thread
from caucuses.threads.questions import oldest_written


def going_of(seat: Seat, thread: Thread | None = None) -> Going:
    """What `threads/goes_on.html` says of a conversation, or of all of them.

    One question, two where the oldest post or a cohort's end is asked for.
    """
    return going(seat.caucus, partial(oldest_written, seat, thread.pk if thread else None))
