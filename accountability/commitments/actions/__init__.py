"""Verbs of commitments, one file a noun. None of them leaves a word in the audit, a log or a notice."""

from accountability.commitments.actions.circles import NoName, narrow, refresh_names, widen
from accountability.commitments.actions.commitments import (
    Conflict,
    Gone,
    delete_commitment,
    edit_commitment,
    make_commitment,
    take_on,
)
from accountability.commitments.actions.progress import add_progress
from accountability.commitments.actions.reviewing import remind, snooze
from accountability.commitments.actions.roles import (
    AlreadyThere,
    accept_role,
    confirm_role,
    create_role,
    decline_role,
    leave_role,
    name_successor,
)
from accountability.commitments.actions.witnessing import (
    NotPossible,
    accept_witnessing,
    end_between,
    invite_witness,
    leave_witnessing,
    read_wording,
    remove_witness,
)

__all__ = [
    "AlreadyThere",
    "Conflict",
    "Gone",
    "NoName",
    "NotPossible",
    "accept_role",
    "accept_witnessing",
    "add_progress",
    "confirm_role",
    "create_role",
    "decline_role",
    "delete_commitment",
    "edit_commitment",
    "end_between",
    "invite_witness",
    "leave_role",
    "leave_witnessing",
    "make_commitment",
    "name_successor",
    "narrow",
    "read_wording",
    "refresh_names",
    "remind",
    "remove_witness",
    "snooze",
    "take_on",
    "widen",
]
