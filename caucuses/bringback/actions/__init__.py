"""Verbs of bringback."""

from caucuses.bringback.actions.errors import Gone, Held, NotFound, Settled, StaleNote
from caucuses.bringback.actions.expiring import expire_notes
from caucuses.bringback.actions.leaving import delete_parted, leave_notes, theirs
from caucuses.bringback.actions.notes import begin_note, change_note, drop_note
from caucuses.bringback.actions.releasing import release_due, take_back_note
from caucuses.bringback.actions.replies import delete_reply, edit_reply, post_reply
from caucuses.bringback.actions.stances import agree, hold, lift_hold, take_agreement_back

__all__ = [
    "Gone",
    "Held",
    "NotFound",
    "Settled",
    "StaleNote",
    "agree",
    "begin_note",
    "change_note",
    "delete_parted",
    "delete_reply",
    "drop_note",
    "edit_reply",
    "expire_notes",
    "hold",
    "leave_notes",
    "lift_hold",
    "post_reply",
    "release_due",
    "take_agreement_back",
    "take_back_note",
    "theirs",
]
