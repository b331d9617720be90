"""Notes to the whole group in a member's own copy: those that they began or worded, and what they said to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.models import Note, NoteStance, NoteWording
from caucuses.bringback.reading import opened
from caucuses.models import Seat
from caucuses.mydata import in_each_room
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "replies_to_notes": _("Your replies to notes from caucuses"),
    "cohort": _("Cohort"),
    "posted": _("Posted"),
    "room": _("Room"),
    "begun": _("Begun"),
    "changed": _("Changed"),
    "state": _("State"),
    **values_of("state", NoteState),
    "written": _("Written"),
    "until": _("Until"),
    "text": _("Text"),
    "kind": _("You"),
    **values_of("kind", NoteStanceKind),
    "at": _("When"),
    "words": _("Words"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Notes as they stand, earlier wordings by the member, and stances."""
    yield Part("notes", _("Notes that you worded"), partial(in_each_room, member, _notes))
    yield Part("wordings", _("Earlier wordings of yours"), partial(in_each_room, member, _wordings))
    yield Part("stances", _("What you said to notes"), partial(in_each_room, member, _stances))


def _notes(seat: Seat) -> Iterator[Mapping[str, Any]]:
    """A note that another worded anew holds their words now: the copy says that it is there, and not what it says."""
    rows = Note.objects.filter(Q(seat=seat) | Q(worded_by=seat)).order_by("begun_at", "pk")
    for row in rows:
        by_me = row.worded_by_id == seat.pk
        yield {
            "begun": row.begun_at,
            "changed": row.changed_at,
            "state": row.state,
            "text": opened(row, "text") if by_me else None,
        }


def _wordings(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for row in NoteWording.objects.filter(seat=seat).order_by("written_at", "pk"):
        yield {"written": row.written_at, "until": row.until, "text": opened(row, "text")}


def _stances(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for row in NoteStance.objects.filter(seat=seat).order_by("at", "pk"):
        yield {"kind": row.kind, "at": row.at, "words": opened(row, "words")}
