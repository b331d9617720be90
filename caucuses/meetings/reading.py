"""What pages show of meetings: opened once, and what does not open is said to be so and keeps nothing else back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from caucuses.meetings.choices import APPOINTMENT, ON_A_PAGE
from caucuses.meetings.models import CalendarLink, Meeting, Notes
from caucuses.meetings.permissions import links_visible_to, meetings_visible_to
from caucuses.meetings.places import Piece, pieces
from caucuses.models import Seat
from caucuses.reading import opened
from core.text import CLEANER_VERSION, clean_markdown, trusted


@dataclass(frozen=True)
class Coming:
    """A meeting that is not over, with where it is (None: cannot be opened)."""

    meeting: Meeting
    place: list[Piece] | None


@dataclass(frozen=True)
class ComingPage:
    """Some meetings to come, the next one first. `more` says whether there are later ones."""

    meetings: list[Coming]
    more: bool


@dataclass(frozen=True)
class PastPage:
    """Some past meetings, the last one first; `has_notes` stands on each. `more` says whether there are older ones."""

    meetings: list[Any]
    more: bool


def coming(seat: Seat, *, after: Meeting | None) -> ComingPage:
    """Meetings to come, those that come after this one in their order: one query."""
    rows = meetings_visible_to(seat).to_come()
    found = list(rows.behind(after)[: ON_A_PAGE + 1] if after else rows[: ON_A_PAGE + 1])
    shown = [Coming(row, place_of(row)) for row in found[:ON_A_PAGE]]
    return ComingPage(shown, len(found) > ON_A_PAGE)


def next_of(seat: Seat) -> Coming | None:
    """The next meeting that takes place: one query."""
    row = meetings_visible_to(seat).to_come().filter(cancelled_at__isnull=True).first()
    return Coming(row, place_of(row)) if row else None


def past(seat: Seat, *, after: Meeting | None) -> PastPage:
    """Past meetings, those that come after this one in their order: one query."""
    notes = Notes.objects.filter(meeting=OuterRef("pk"))
    rows = meetings_visible_to(seat).past().annotate(has_notes=Exists(notes))
    if after is not None:
        rows = rows.before(after)
    found = list(rows[: ON_A_PAGE + 1])
    return PastPage(found[:ON_A_PAGE], len(found) > ON_A_PAGE)


def place_of(meeting: Meeting) -> list[Piece] | None:
    """Where it is, in words and links; None where that cannot be opened."""
    place = opened(meeting, "place")
    return None if place is None else pieces(place)


def agenda_of(meeting: Meeting) -> SafeString | None:
    """The agenda as HTML; None where it cannot be opened."""
    return _html(meeting, stored="agenda_html", source="agenda")


def notes_of(notes: Notes | None) -> SafeString | None:
    """The notes as HTML, empty where there are none; None where they cannot be opened."""
    return _html(notes, stored="html", source="text") if notes else trusted("")


def title_of(link: CalendarLink | None) -> str:
    """What the calendar of the link's owner shows: one line, whatever is stored."""
    chosen = opened(link, "title") if link else None
    return " ".join((chosen or "").split()) or APPOINTMENT


def link_of(seat: Seat) -> CalendarLink | None:
    """The seat's own link: one query."""
    return links_visible_to(seat).first()


def _html(row: Any, *, stored: str, source: str) -> SafeString | None:
    """HTML as it is stored, made anew where an older cleaner made it."""
    if row.cleaner_version < CLEANER_VERSION:
        text = opened(row, source)
        return None if text is None else trusted(clean_markdown(text))
    html = opened(row, stored)
    return None if html is None else trusted(html)
