"""A note goes out by itself when its time has come and nobody holds it; any member can take it back."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from caucuses.bringback.actions.errors import NotFound, Settled
from caucuses.bringback.actions.holding import held
from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.keys import SHUT
from caucuses.bringback.models import Note, NoteStance, Released
from caucuses.bringback.permissions import can_take_back_note
from caucuses.bringback.timing import A_DAY, morning_after
from caucuses.choices import Happening
from caucuses.models import Caucus, Event, Seat
from cohorts.models import Cohort
from core.crypto.alerts import could_not_open
from core.text import CLEANER_VERSION, clean_markdown

log = logging.getLogger("lodestar.worker")


def release_due(now: datetime) -> int:
    """Let out every note that is due and that nobody holds; returns how many. One that does not open keeps no other waiting."""
    due = list(_due(now).values_list("pk", "caucus_id"))
    return sum(_released(note_id, caucus_id, now) for note_id, caucus_id in due)


@transaction.atomic
def take_back_note(*, seat: Seat, note: Note) -> Note:
    """Take it off the cohort’s page, with the replies that stand under it. The text stays inside.

    Raises Settled and Gone, and NotFound where it was damaged and cannot be told from others on that page.
    """
    now, row = held(seat, note)
    if not can_take_back_note(now, row):
        raise Settled(row)
    _standing(row).delete()
    row.state = NoteState.DROPPED
    row.save(update_fields=["state"])
    Event.objects.create(caucus=now.caucus, what=Happening.TAKEN_BACK, seat=now)
    return row


def _standing(note: Note) -> QuerySet[Released]:
    """What of the note stands on the cohort’s page, held. Where its id is damaged, it is found by cohort and text."""
    rows = Released.objects.select_for_update()
    try:
        return rows.filter(pk=UUID(str(note.released)))
    except (*SHUT, ValueError):
        could_not_open(note)
    try:
        same = rows.filter(cohort=UUID(str(note.cohort)), text=str(note.text))
    except (*SHUT, ValueError):
        raise NotFound from None
    if len(same) != 1:
        raise NotFound
    return rows.filter(pk=same[0].pk)


def _due(now: datetime) -> QuerySet[Note]:
    holds = NoteStance.objects.filter(note=OuterRef("pk"), kind=NoteStanceKind.HOLD)
    return Note.objects.filter(~Exists(holds), state=NoteState.INSIDE, due_at__lte=now)


def _released(note_id: UUID, caucus_id: UUID, now: datetime) -> bool:
    """What goes wrong with one keeps no other waiting. One that does not open is tried again on the next day, as is one whose
    cohort is over: not every minute for ever.
    """
    try:
        return _release(note_id, caucus_id, now)
    except (*SHUT, ValueError):
        could_not_open(Note)
        Note.objects.filter(pk=note_id).update(due_at=morning_after(now + A_DAY))
    except DatabaseError as problem:
        log.warning("A note did not go out and is tried again: %s", type(problem).__name__)
    return False


@transaction.atomic
def _release(note_id: UUID, caucus_id: UUID, now: datetime) -> bool:
    """Ask everything again while the caucus is held: whoever holds the note or words it anew either came before, or waits."""
    caucus = Caucus.objects.select_for_update(no_key=True).filter(pk=caucus_id).first()
    note = _due(now).filter(pk=note_id, caucus=caucus_id).first()
    if caucus is None or note is None:
        return False
    rows = Cohort.objects.not_over().select_for_update(no_key=True, of=("self",))
    cohort = rows.filter(pk=UUID(str(note.cohort))).first()
    if cohort is None:
        Note.objects.filter(pk=note.pk).update(due_at=morning_after(now + A_DAY))
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
