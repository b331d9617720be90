"""Meetings of caucuses in a member's own copy: those they called, and what their calendar shows.

The notes of a meeting are the room's: nobody's name stands beside them, so they are in nobody's copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from caucuses.meetings.models import Meeting
from caucuses.meetings.permissions import links_visible_to
from caucuses.models import Seat
from caucuses.mydata import in_each_room
from caucuses.reading import opened
from core.register import Part, Words

LABELS: Mapping[str, Words] = {
    "room": _("Room"),
    "called": _("Called"),
    "starts": _("Begins"),
    "minutes": _("Minutes"),
    "time_zone": _("Time zone"),
    "called_off": _("Called off"),
    "place": _("Where"),
    "agenda": _("Agenda"),
    "made": _("Made"),
    "title": _("What your calendar shows"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """What they called, and the calendar's words."""
    yield Part("called", _("Meetings that you called"), partial(in_each_room, member, _meetings))
    yield Part("calendar", _("Link for your calendar"), partial(in_each_room, member, _links))


def _meetings(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for row in Meeting.objects.filter(seat=seat).order_by("starts_at", "pk"):
        yield {
            "called": row.called_at,
            "starts": row.starts_at,
            "minutes": row.minutes,
            "time_zone": row.called_in,
            "called_off": row.cancelled_at,
            "place": opened(row, "place"),
            "agenda": opened(row, "agenda"),
        }


def _links(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for row in links_visible_to(seat):
        yield {"made": row.made_at, "title": opened(row, "title")}
