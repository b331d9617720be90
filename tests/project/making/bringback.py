"""What the table of addresses names of bringback."""

from __future__ import annotations

from typing import Any

from caucuses.bringback.actions import begin_note, change_note, post_reply, release_due
from caucuses.bringback.models import Released
from cohorts.models import Cohort
from tests.caucuses.story import own_room


def made(cast: dict[str, Any]) -> dict[str, str]:
    """In the room that Dev opened a note of his that is inside, and one that has gone out, to which he replied."""
    dev, spring = cast["dev"], Cohort.objects.get(slug="spring")
    seat = own_room(dev, cast["elu"])
    out = begin_note(seat=seat, member=dev, cohort=spring, text="We ask for *silence* first.")
    release_due(out.due_at)
    out.refresh_from_db()
    released = Released.objects.get(pk=str(out.released))
    reply = post_reply(released=released, text="Gladly.", by=dev)
    note = begin_note(seat=seat, member=dev, cohort=spring, text="We were not heard on Thursday.")
    change_note(seat=seat, note=note, text="On Thursday we were **not** heard.", seen_revision=1)
    return {
        "note": str(note.pk),
        "out_note": str(out.pk),
        "released": str(released.pk),
        "note_reply": str(reply.pk),
    }
