"""What was kept as long as its room agreed goes: every hour, room by room, and each room in its own time."""

from __future__ import annotations

from datetime import datetime

from caucuses.models import Caucus
from caucuses.retention import goes_before, terms_of
from core import doors
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed


def expire_words(*, now: datetime) -> int:
    """Ask the rooms (door `caucus_expired`) to delete what is past its time; returns how many rows went.

    They do it in batches of one transaction each, so that it may be killed and run again. A room whose agreement cannot be
    opened is left as it is: nobody can tell how long its words are to be kept.
    """
    gone = 0
    for caucus in Caucus.objects.order_by("pk").iterator(chunk_size=50):
        terms = terms_of(caucus)
        before = goes_before(terms, now) if terms else None
        if before is not None:
            gone += _expire_in(caucus, before)
    return gone


def _expire_in(caucus: Caucus, before: datetime) -> int:
    try:
        return sum(doors.ask("caucus_expired", caucus=caucus, before=before))
    except (CannotOpen, KeyMissing, KeyDestroyed):  # the other rooms are not to wait for this one
        alerts.could_not_open(caucus)
        return 0
