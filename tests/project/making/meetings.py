"""What the table of addresses names of meetings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caucuses.meetings.actions import make_link, save_notes
from tests.caucuses.meetings.story import AGENDA, a_meeting, in_a_week
from tests.caucuses.story import own_room


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of meetings can name, in the room that Dev opened."""
    seat = own_room(cast["dev"], cast["elu"])
    link = "Room two, or https://meet.example/porch"
    meeting = a_meeting(seat, place=link, agenda=f"{AGENDA}\n\n# Silence\n\nThree minutes.")
    save_notes(seat=seat, meeting=meeting, text="We **slowed down**, and began again.", seen=0)
    spare = a_meeting(seat, starts_at=in_a_week() + timedelta(days=7))
    return {
        "meeting": str(meeting.pk),
        "spare_meeting": str(spare.pk),
        "dates": make_link(seat=seat, title="Appointment"),
    }
