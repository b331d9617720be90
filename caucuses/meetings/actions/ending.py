"""How meetings go: with the time for which the room keeps what is said, or after they were called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from caucuses.meetings.models import Meeting
from caucuses.models import Caucus


def delete_expired(*, caucus: Caucus, before: datetime, **_given: Any) -> None:
    """Delete the meetings that began before this moment, and their notes. For the door `caucus_expired`; may be run again."""
    Meeting.objects.filter(caucus=caucus, starts_at__lt=before).delete()


def delete_stale() -> int:
    """Delete the meetings that were called off, whose time has passed, and of which no notes are left. Gives how many."""
    stale = list(Meeting.objects.stale().values_list("pk", flat=True))
    Meeting.objects.filter(pk__in=stale, notes__isnull=True).delete()
    return len(stale)
