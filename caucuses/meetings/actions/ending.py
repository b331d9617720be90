"""How meetings go: with the time for which the room keeps what is said, or after they were called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from caucuses.actions.holding import hold_room
from caucuses.meetings.models import Meeting
from caucuses.models import Caucus

A_BATCH = 200


def delete_expired(*, caucus: Caucus, before: datetime, **_given: Any) -> int:
    """Delete the meetings that began before this moment, and their notes. For the door `caucus_expired`; may be run again.

    In batches, each under the caucus's own hold: nobody writes notes of what is just going. Returns how many went.
    """
    gone = 0
    while found := _some(caucus, before):
        gone += found
    return gone


@transaction.atomic
def _some(caucus: Caucus, before: datetime) -> int:
    hold_room(caucus.pk)
    rows = Meeting.objects.filter(caucus=caucus.pk, starts_at__lt=before)
    found = list(rows.order_by("starts_at", "pk").values_list("pk", flat=True)[:A_BATCH])
    Meeting.objects.filter(pk__in=found).delete()
    return len(found)


def delete_stale() -> int:
    """Delete the meetings that were called off, whose time has passed, and of which no notes are left. Gives how many."""
    stale = list(Meeting.objects.stale().values_list("pk", flat=True))
    Meeting.objects.filter(pk__in=stale, notes__isnull=True).delete()
    return len(stale)
