"""Time zones that the release before this one wrote readable are sealed. The next release, which drops that column, drops this."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from caucuses.actions.holding import hold_room
from caucuses.chores import guarded
from caucuses.meetings.choices import UTC
from caucuses.meetings.models import Meeting


def seal_zones() -> int:
    """Seal them and write UTC in their place, room by room; returns how many."""
    readable = Meeting.objects.exclude(time_zone=UTC)
    rows = list(readable.values_list("pk", "caucus_id"))
    return sum(guarded(partial(_seal, *row)) for row in rows)


@transaction.atomic
def _seal(meeting_id: UUID, caucus_id: UUID) -> int:
    hold_room(caucus_id)
    meeting = Meeting.objects.filter(pk=meeting_id).exclude(time_zone=UTC).first()
    if meeting is None:  # changed or called off meanwhile
        return 0
    meeting.zone, meeting.time_zone = meeting.time_zone, UTC
    meeting.save(update_fields=["zone", "time_zone"])
    return 1
