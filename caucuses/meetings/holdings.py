"""What meetings hold. Nothing of it is a member's: it belongs to the room, or goes with a seat."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caucuses.meetings import mydata
from caucuses.meetings.telling import TELLINGS
from core.register import SEALED, Holding, Retention, hold

RETENTION = (
    Retention(
        _("When a caucus meets, the agenda, and the notes of its meetings"),
        _("as long as that caucus has agreed to keep what is said in it"),
        where=SEALED,
    ),
    Retention(
        _("The link that shows the meetings of a caucus in a calendar"),
        _("until it is stopped, or its member leaves the caucus"),
    ),
)


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="meetings",
            title=_("Meetings of caucuses"),
            labels=mydata.LABELS,
            private_export=mydata.own_copy,
            models=("meetings.Meeting", "meetings.Notes", "meetings.CalendarLink"),
            told=TELLINGS,
            retention=RETENTION,
        )
    )
