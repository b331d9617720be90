"""What the table of addresses names of concerns, and of keeping away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import User
from caucuses.actions.folding import fold_seat
from caucuses.concerns.models import Concern
from caucuses.models import Seat
from home.demo.initiative import email_of
from tests.caucuses.concerns.hands import facilitating, report
from tests.caucuses.story import join, own_room
from tests.caucuses.threads.saying import left_behind


def made(cast: dict[str, Any]) -> dict[str, str]:
    """In the room that Dev opened: Elu's seat, whom he keeps away from, what somebody said who has left, and his report of it."""
    seat = own_room(cast["dev"], cast["elu"])
    elu = join(seat, cast["elu"])
    fold = fold_seat(seat=seat, other=elu)
    return {
        "other_seat": str(elu.pk),
        "fold": str(fold.pk),
        "concern": str(concern_in(seat, elu).pk),
    }


def concern_in(seat: Seat, reader: Seat) -> Concern:
    """A report by this seat of what somebody said who has left since; the reader facilitates beside it.

    The reader came a moment before those words, also where a story's clock stands still: only who was here reads it.
    """
    came = facilitating(reader).since
    assert came is not None
    Seat.objects.filter(pk=reader.pk).update(since=came - timedelta(seconds=1))
    paul = User.objects.get(email=email_of("paul"))
    return report(seat, None, post=left_behind(seat, paul, "I would not say that aloud."))
