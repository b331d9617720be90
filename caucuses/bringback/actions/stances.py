"""What a member says to a note: agreeing, and holding it, which nobody but they can lift."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from caucuses.bringback.actions.errors import Held, StaleNote
from caucuses.bringback.actions.holding import held_inside
from caucuses.bringback.choices import NoteStanceKind
from caucuses.bringback.models import Note, NoteStance
from caucuses.bringback.timing import A_DAY, morning_after
from caucuses.models import Seat


@transaction.atomic
def agree(*, seat: Seat, note: Note, seen_revision: int) -> None:
    """Agree with the text that was read. Raises StaleNote when there is another since, Held, Settled and Gone."""
    now, row = held_inside(seat, note)
    if row.revision != seen_revision:
        raise StaleNote(row)
    if _own(now, row, NoteStanceKind.HOLD).exists():
        raise Held
    if not _own(now, row, NoteStanceKind.AGREE).exists():
        NoteStance(caucus=now.caucus, note=row, seat=now, kind=NoteStanceKind.AGREE).save()


@transaction.atomic
def take_agreement_back(*, seat: Seat, note: Note) -> None:
    """Agree no longer; the note stays as it is. Raises Settled and Gone."""
    now, row = held_inside(seat, note)
    _own(now, row, NoteStanceKind.AGREE).delete()


@transaction.atomic
def hold(*, seat: Seat, note: Note, words: str) -> None:
    """Hold it, with words for the others; who holds it already words that anew. It does not go out while anybody holds it.

    Raises Settled where it has gone out a moment before, and Gone.
    """
    now, row = held_inside(seat, note)
    stance = NoteStance.objects.filter(note=row, seat=now).first()
    stance = stance or NoteStance(caucus=now.caucus, note=row, seat=now)
    stance.kind, stance.words, stance.at = NoteStanceKind.HOLD, words, timezone.now()
    stance.are_words_gone = False
    stance.save()


@transaction.atomic
def lift_hold(*, seat: Seat, note: Note) -> Note:
    """Lift one’s own hold. A note whose time has passed goes out on a morning after one full day. Raises Settled and Gone."""
    now, row = held_inside(seat, note)
    lifted, _rows = _own(now, row, NoteStanceKind.HOLD).delete()
    if lifted:
        row.due_at = max(row.due_at, morning_after(timezone.now() + A_DAY))
        row.save(update_fields=["due_at"])
    return row


def _own(seat: Seat, note: Note, kind: NoteStanceKind) -> QuerySet[NoteStance]:
    return NoteStance.objects.filter(note=note, seat=seat, kind=kind)
