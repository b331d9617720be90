"""What goes of notes when its time in the room is over, in batches, each under the caucus’s own hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from caucuses.actions.holding import hold_room
from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.keys import SHUT
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released
from caucuses.models import Caucus
from core.crypto.alerts import could_not_open

A_BATCH = 200


def expire_notes(*, caucus: Caucus, before: datetime) -> int:
    """Delete what was said before this moment. Returns how many notes and wordings went.

    A note goes by its last change, and not while somebody holds it with words that are younger. Of a note that stays, earlier
    wordings and the words of holds go by the moment at which they were written; the hold itself stands until it is lifted, for
    no note goes out because time passed over a hold. Of one that stands on a cohort’s page its text stays inside as long as
    it stands there, where others read it anyway: without it nobody could take it back.
    """
    gone = 0
    while found := _some_wordings(caucus, before):
        gone += found
    _empty_holds(caucus, before)
    old = list(_old(caucus, before).values_list("pk", flat=True))
    for start in range(0, len(old), A_BATCH):
        gone += _some_notes(caucus, before, old[start : start + A_BATCH])
    return gone


def _old(caucus: Caucus, before: datetime) -> QuerySet[Note]:
    held = NoteStance.objects.filter(note=OuterRef("pk"), kind=NoteStanceKind.HOLD, at__gte=before)
    return Note.objects.filter(~Exists(held), caucus=caucus.pk, changed_at__lt=before)


@transaction.atomic
def _some_wordings(caucus: Caucus, before: datetime) -> int:
    hold_room(caucus.pk)
    rows = NoteWording.objects.filter(caucus=caucus.pk, written_at__lt=before)
    found = list(rows.order_by("written_at", "pk").values_list("pk", flat=True)[:A_BATCH])
    NoteWording.objects.filter(pk__in=found).delete()
    return len(found)


@transaction.atomic
def _empty_holds(caucus: Caucus, before: datetime) -> None:
    """Sealed words are all of another length: that some are left is seen by opening them, so a mark tells what was emptied."""
    hold_room(caucus.pk)
    rows = NoteStance.objects.filter(caucus=caucus.pk, at__lt=before, are_words_gone=False)
    for row in rows.filter(kind=NoteStanceKind.HOLD):
        row.words, row.are_words_gone = "", True
        row.save(update_fields=["words", "are_words_gone"])


@transaction.atomic
def _some_notes(caucus: Caucus, before: datetime, ids: Collection[UUID]) -> int:
    """Ask again under the hold: a note that was changed, held or let out in between is read as it stands now."""
    hold_room(caucus.pk)
    rows = list(_old(caucus, before).filter(pk__in=ids).select_for_update(of=("self",)))
    standing = [row.pk for row in rows if row.state == NoteState.RELEASED and _stands(row)]
    NoteStance.objects.filter(note__in=standing).delete()
    going = [row.pk for row in rows if row.pk not in standing]
    Note.objects.filter(pk__in=going).delete()
    return len(going)


def _stands(note: Note) -> bool:
    """Whether it is on a cohort’s page; also where that cannot be read, so that nothing is lost by a damaged value."""
    try:
        return Released.objects.filter(pk=UUID(str(note.released))).exists()
    except (*SHUT, ValueError):
        could_not_open(note)
        return True
