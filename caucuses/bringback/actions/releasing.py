"""A note goes out by itself when its time has come and nobody holds it; any member can take it back."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from caucuses.bringback.actions.errors import Settled
from caucuses.bringback.actions.holding import held
from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.keys import SHUT
from caucuses.bringback.models import Note, NoteStance, Released
from caucuses.bringback.permissions import can_take_back_note
from caucuses.choices import Happening
from caucuses.models import Caucus, Event, Seat
from cohorts.models import Cohort
from core.crypto.alerts import could_not_open
from core.text import CLEANER_VERSION, clean_markdown


def release_due(now: datetime) -> int:
    """Let out every note that is due and that nobody holds; returns how many. One that does not open keeps no other waiting."""
    due = list(_due(now).values_list("pk", "caucus_id"))
    return sum(_released(note_id, caucus_id, now) for note_id, caucus_id in due)


@transaction.atomic
def take_back_note(*, seat: Seat, note: Note) -> Note:
    """Take it off the cohort’s page, with the replies that stand under it. The text stays inside. Raises Settled and Gone."""
    now, row = held(seat, note)
    if not can_take_back_note(now, row):
        raise Settled(row)
    there = Released.objects.select_for_update().filter(pk=UUID(str(row.released))).first()
    if there is not None:
        there.delete()
    row.state = NoteState.DROPPED
    row.save(update_fields=["state"])
    Event.objects.create(caucus=now.caucus, what=Happening.TAKEN_BACK, seat=now)
    return row


def _due(now: datetime) -> QuerySet[Note]:
    holds = NoteStance.objects.filter(note=OuterRef("pk"), kind=NoteStanceKind.HOLD)
    return Note.objects.filter(~Exists(holds), state=NoteState.INSIDE, due_at__lte=now)


def _released(note_id: UUID, caucus_id: UUID, now: datetime) -> bool:
    try:
        return _release(note_id, caucus_id, now)
    except (*SHUT, ValueError):
        could_not_open(Note)
        return False


@transaction.atomic
def _release(note_id: UUID, caucus_id: UUID, now: datetime) -> bool:
    """Ask everything again while the caucus is held: whoever holds the note or words it anew either came before, or waits."""
    caucus = Caucus.objects.select_for_update(no_key=True).filter(pk=caucus_id).first()
    note = _due(now).filter(pk=note_id, caucus=caucus_id).first()
    if caucus is None or note is None:
        return False
    cohort = Cohort.objects.not_over().filter(pk=UUID(str(note.cohort))).first()
    if cohort is None:
        return False
    note.released = str(_on_the_page(note, cohort, now).pk)
    note.state = NoteState.RELEASED
    note.save(update_fields=["released", "state"])
    Event.objects.create(caucus=caucus, what=Happening.RELEASED)
    return True


def _on_the_page(note: Note, cohort: Cohort, now: datetime) -> Released:
    text = str(note.text)
    return Released.objects.create(
        cohort=cohort,
        released_on=now.astimezone(UTC).date(),
        text=text,
        text_html=clean_markdown(text),
        cleaner_version=CLEANER_VERSION,
    )
