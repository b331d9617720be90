"""Beginning a note, wording it anew, giving it up."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.bringback.actions.errors import StaleNote
from caucuses.bringback.actions.holding import held_inside
from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.keys import SHUT
from caucuses.bringback.models import Note, NoteStance, NoteWording
from caucuses.bringback.permissions import can_drop_note, can_tell_cohort
from caucuses.bringback.timing import due_from
from caucuses.models import Seat
from cohorts.models import Cohort
from core.access import require
from core.text import CLEANER_VERSION, clean_markdown


@transaction.atomic
def begin_note(*, seat: Seat, member: Any, cohort: Cohort, text: str) -> Note:
    """Begin a note to a cohort that the seat’s member is in now. `member` is asked for that alone, and kept nowhere."""
    now = hold_caucus(seat)
    require(not now.must_accept and can_tell_cohort(member, cohort))
    note = Note(caucus=now.caucus, seat=now, cohort=str(cohort.pk))
    note.begun_at = timezone.now()
    _word(note, text, by=now)
    note.save(force_insert=True)
    return note


@transaction.atomic
def change_note(*, seat: Seat, note: Note, text: str, seen_revision: int) -> Note:
    """Word it anew: the earlier wording is kept, who agreed agreed to another text, and the time starts anew. A hold stays.

    The same text is no change. Raises Settled, Gone, and StaleNote when there is another text than the one seen.
    """
    now, row = held_inside(seat, note)
    before = _text(row)
    if before == text:
        return row
    if row.revision != seen_revision:
        raise StaleNote(row)
    if before is not None:
        wording = NoteWording(caucus=row.caucus, note=row, seat=row.worded_by, text=before)
        wording.written_at = row.changed_at
        wording.save()
    row.revision += 1
    _word(row, text, by=now)
    row.save()
    NoteStance.objects.filter(note=row, kind=NoteStanceKind.AGREE).delete()
    return row


@transaction.atomic
def drop_note(*, seat: Seat, note: Note) -> Note:
    """Give it up: it never goes out. Only who began it may; everybody else can hold it. Raises Settled and Gone."""
    now, row = held_inside(seat, note)
    require(can_drop_note(now, row))
    row.state = NoteState.DROPPED
    row.save(update_fields=["state"])
    return row


def _word(note: Note, text: str, *, by: Seat) -> None:
    note.text, note.html, note.cleaner_version = text, clean_markdown(text), CLEANER_VERSION
    note.worded_by, note.changed_at = by, timezone.now()
    note.due_at = due_from(note.changed_at, by.caucus)


def _text(note: Note) -> str | None:
    """None for a text that was damaged: it can be worded anew, and there is nothing to keep."""
    try:
        return str(note.text)
    except SHUT:
        return None
