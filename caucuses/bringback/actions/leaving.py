"""What of notes ends with a seat, and what goes when its time in the room is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.keys import SHUT
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released
from caucuses.bringback.timing import due_from
from caucuses.models import Caucus, Seat
from core.crypto.alerts import could_not_open


def leave_notes(*, seat: Seat, with_posts: bool) -> None:
    """A hold falls with its seat, and the time of that note starts anew, so that the others can look at it again.

    `with_posts` takes along what the member alone wrote: notes of theirs that nobody else worded, unless they stand on a
    cohort’s page, and their wordings of other notes. Called in the transaction that deletes the seat, with the caucus held.
    """
    if with_posts:
        _alone_of(seat).exclude(state=NoteState.RELEASED).delete()
        NoteWording.objects.filter(seat=seat).delete()
    holds = NoteStance.objects.filter(seat=seat, kind=NoteStanceKind.HOLD)
    fallen = Note.objects.filter(pk__in=list(holds.values_list("note_id", flat=True)))
    NoteStance.objects.filter(seat=seat).delete()
    fallen.filter(state=NoteState.INSIDE).update(due_at=due_from(timezone.now(), seat.caucus))


def expire_notes(*, caucus: Caucus, before: datetime) -> None:
    """Delete notes and wordings that are older than the caucus keeps its words.

    Of a note that stands on a cohort’s page the earlier wordings and what was said to it go; its text, which others read
    there anyway, stays inside as long as it stands there: without it nobody could take it back.
    """
    NoteWording.objects.filter(caucus=caucus, until__lt=before).delete()
    old = Note.objects.filter(caucus=caucus, changed_at__lt=before)
    old.exclude(state=NoteState.RELEASED).delete()
    for note in old.filter(state=NoteState.RELEASED):
        if _stands(note):
            NoteStance.objects.filter(note=note).delete()
        else:
            note.delete()


def _alone_of(seat: Seat) -> QuerySet[Note]:
    """The notes that this seat began and nobody else ever worded."""
    others = NoteWording.objects.filter(note=OuterRef("pk")).exclude(seat=seat)
    return Note.objects.filter(~Exists(others), seat=seat, worded_by=F("seat"))


def _stands(note: Note) -> bool:
    """Whether it is on a cohort’s page; also where that cannot be read, so that nothing is lost by a damaged value."""
    try:
        return Released.objects.filter(pk=UUID(str(note.released))).exists()
    except (*SHUT, ValueError):
        could_not_open(note)
        return True
