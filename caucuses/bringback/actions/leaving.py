"""What of notes ends with a seat, and what somebody who was removed can still have deleted."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from caucuses.actions.holding import hold_room
from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.models import Note, NoteStance, NoteWording
from caucuses.bringback.timing import due_from
from caucuses.models import Caucus, Seat


def leave_notes(*, seat: Seat, with_posts: bool, removed: bool = False) -> None:
    """A hold falls with its seat. Called in the transaction that deletes the seat, with the caucus held.

    Of who leaves by themselves, the time of that note starts anew, so that the others can look at it again. Of who is
    `removed` the note is given up: nobody sends out over a hold by removing who holds it. Its text stays to be read inside.
    `with_posts` takes along what the member alone wrote: notes of theirs that nobody else worded, unless they stand on a
    cohort’s page, and their wordings of other notes.
    """
    if with_posts:
        _unsent_of(seat).delete()
        NoteWording.objects.filter(seat=seat).delete()
    holds = NoteStance.objects.filter(seat=seat, kind=NoteStanceKind.HOLD)
    held = list(holds.values_list("note_id", flat=True))
    NoteStance.objects.filter(seat=seat).delete()
    fallen = Note.objects.filter(pk__in=held, state=NoteState.INSIDE)
    if removed:
        fallen.update(state=NoteState.DROPPED)
    else:
        fallen.update(due_at=due_from(timezone.now(), seat.caucus))


def theirs(seat: Seat) -> list[UUID]:
    """The ids of what goes with the words of this seat: notes that it alone wrote, and its wordings of others."""
    wordings = NoteWording.objects.filter(seat=seat).values_list("pk", flat=True)
    return [*_alone_of(seat).values_list("pk", flat=True), *wordings]


@transaction.atomic
def delete_parted(*, caucus: Caucus, ids: Collection[UUID]) -> None:
    """Delete those of these notes and wordings that are nobody’s any more; what stands on a cohort’s page stays."""
    hold_room(caucus.pk)
    nobodys = Note.objects.filter(caucus=caucus.pk, pk__in=ids, seat=None, worded_by=None)
    nobodys.exclude(state=NoteState.RELEASED).delete()
    NoteWording.objects.filter(caucus=caucus.pk, pk__in=ids, seat=None).delete()


def _unsent_of(seat: Seat) -> QuerySet[Note]:
    return _alone_of(seat).exclude(state=NoteState.RELEASED)


def _alone_of(seat: Seat) -> QuerySet[Note]:
    """The notes that this seat began and nobody else ever worded."""
    others = NoteWording.objects.filter(note=OuterRef("pk")).exclude(seat=seat)
    return Note.objects.filter(~Exists(others), seat=seat, worded_by=F("seat"))
