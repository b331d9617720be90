"""Whoever acts on a note waits for its caucus, as the worker does who lets it go out, and reads it again."""

from __future__ import annotations

from caucuses.actions.holding import hold_caucus
from caucuses.bringback.actions.errors import Gone, Settled
from caucuses.bringback.models import Note
from caucuses.bringback.permissions import can_change_note, notes_visible_to
from caucuses.models import Seat


def held(seat: Seat, note: Note) -> tuple[Seat, Note]:
    """Seat and note as they stand now, held until the transaction ends. Raises Gone, and PermissionDenied without a seat."""
    now = hold_caucus(seat)
    row = notes_visible_to(now).filter(pk=note.pk).first()
    if row is None:
        raise Gone
    return now, row


def held_inside(seat: Seat, note: Note) -> tuple[Seat, Note]:
    """The same for a note that is inside. Raises Settled where it is not any more."""
    now, row = held(seat, note)
    if not can_change_note(now, row):
        raise Settled(row)
    return now, row
