"""What the pages of notes show, opened once; what does not open is said to be so, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.keys import SHUT
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released
from caucuses.bringback.permissions import can_drop_note, can_read_stance, can_take_back_note
from caucuses.models import Seat
from cohorts.models import Cohort
from core.crypto.alerts import could_not_open
from core.text import CLEANER_VERSION, clean_markdown, plain_text, trusted


@dataclass(frozen=True)
class Line:
    """A note in the list: its first words (None: cannot be opened), the cohort it is for, and how it stands."""

    note: Note
    words: str | None
    cohort: Cohort | None
    is_held: bool

    @property
    def standing(self) -> str:
        """In one word: `released`, `taken_back`, `given_up`, `held`, `no_cohort`, or `waits`."""
        return _standing(self.note, self.cohort, is_held=self.is_held)


@dataclass(frozen=True)
class Held:
    """Who holds a note, by the name in the room, and why (None: cannot be opened, or `is_earlier`: said before the reader came)."""

    name: str
    words: str | None
    is_earlier: bool = False


@dataclass(frozen=True)
class Opened:
    """A note as its page inside shows it."""

    note: Note
    html: SafeString | None
    cohort: Cohort | None
    begun_by: str
    worded_by: str
    agreed: Sequence[str]
    holds: Sequence[Held]
    mine: NoteStance | None
    on_page: Released | None
    may_drop: bool
    may_take_back: bool

    @property
    def standing(self) -> str:
        """As that of a line."""
        return _standing(self.note, self.cohort, is_held=bool(self.holds))

    @property
    def day(self) -> date:
        """The day that stands, stood or will stand on the cohort’s page."""
        return self.on_page.released_on if self.on_page else self.note.goes_out_on

    @property
    def i_hold(self) -> bool:
        """Whether the reader holds it."""
        return self.mine is not None and self.mine.kind == NoteStanceKind.HOLD

    @property
    def i_agree(self) -> bool:
        """Whether the reader agrees with it."""
        return self.mine is not None and self.mine.kind == NoteStanceKind.AGREE


def lines_of(notes: Iterable[Note]) -> list[Line]:
    """The notes as a list shows them: two questions, however many they are."""
    rows = list(notes)
    cohorts = {str(row.pk): row for row in Cohort.objects.filter(pk__in=_ids(rows, "cohort"))}
    holds = NoteStance.objects.filter(
        note__in=[row.pk for row in rows], kind=NoteStanceKind.HOLD
    ).values_list("note_id", flat=True)
    held = set(holds)
    return [
        Line(row, _first_words(row), cohorts.get(opened(row, "cohort") or ""), row.pk in held)
        for row in rows
    ]


def opened_for(seat: Seat, note: Note) -> Opened:
    """The note for this reader."""
    cohort = Cohort.objects.filter(pk__in=_ids([note], "cohort")).first()
    stances = list(NoteStance.objects.filter(note=note).select_related("seat").order_by("at", "pk"))
    return Opened(
        note=note,
        html=html_of(note),
        cohort=cohort,
        begun_by=name_of(note.seat),
        worded_by=name_of(note.worded_by),
        agreed=[name_of(row.seat) for row in stances if row.kind == NoteStanceKind.AGREE],
        holds=[_held(seat, row) for row in stances if row.kind == NoteStanceKind.HOLD],
        mine=next((row for row in stances if row.seat_id == seat.pk), None),
        on_page=_on_page(note),
        may_drop=can_drop_note(seat, note),
        may_take_back=can_take_back_note(seat, note),
    )


def _held(seat: Seat, stance: NoteStance) -> Held:
    if not (stance.are_words_gone or can_read_stance(seat, stance)):
        return Held(name_of(stance.seat), None, is_earlier=True)
    return Held(name_of(stance.seat), opened(stance, "words"))


@dataclass(frozen=True)
class Earlier:
    """An earlier wording; None where it cannot be opened."""

    wording: NoteWording
    by: str
    text: str | None


def earlier_of(wordings: Iterable[NoteWording]) -> list[Earlier]:
    """Earlier wordings, opened."""
    return [Earlier(row, name_of(row.seat), opened(row, "text")) for row in wordings]


def name_of(seat: Seat | None) -> str:
    """The name in the room; who has left has none."""
    if seat is None:
        return _("a former member")
    return opened(seat, "name") or _("a member whose name cannot be opened")


def html_of(note: Note) -> SafeString | None:
    """The text as HTML, made anew where an older cleaner made it; None where it cannot be opened."""
    try:
        if note.cleaner_version < CLEANER_VERSION:
            return trusted(clean_markdown(str(note.text)))
        return note.shown
    except SHUT:
        could_not_open(note)
        return None


def opened(row: Any, name: str) -> str | None:
    """The text of a sealed field; None, and a word to the operator, where it cannot be opened."""
    try:
        return str(getattr(row, name))
    except SHUT:
        could_not_open(row)
        return None


def _standing(note: Note, cohort: Cohort | None, *, is_held: bool) -> str:
    if note.state == NoteState.RELEASED:
        return "released"
    if note.state == NoteState.DROPPED:
        return "taken_back" if opened(note, "released") else "given_up"
    if is_held:
        return "held"
    over = cohort is None or cohort.is_over
    return "no_cohort" if over else "waits"


def _first_words(note: Note) -> str | None:
    html = html_of(note)
    return None if html is None else plain_text(html)


def _on_page(note: Note) -> Released | None:
    if note.state != NoteState.RELEASED:
        return None
    return Released.objects.filter(pk__in=_ids([note], "released")).first()


def _ids(rows: Iterable[Note], name: str) -> list[UUID]:
    """The ids that these rows hold sealed; what does not open, or is none, is left out."""
    texts = (opened(row, name) for row in rows)
    return [UUID(text) for text in texts if text]


def words_of(seat: Seat) -> list[dict[str, str]]:
    """What this seat worded of notes, of whoever began them, for its member’s own copy: `title`, `at`, `text`.

    A note that another worded anew holds their words now; of those that it held before, the seat’s own are here.
    """
    said: list[tuple[datetime, Any]] = []
    said += [(row.changed_at, row) for row in Note.objects.filter(worded_by=seat)]
    said += [(row.written_at, row) for row in NoteWording.objects.filter(seat=seat)]
    said.sort(key=lambda one: (one[0], one[1].pk))
    return [
        {
            "title": "",
            "at": at.isoformat(),
            "text": opened(row, "text") or _("This cannot be opened."),
        }
        for at, row in said
    ]
