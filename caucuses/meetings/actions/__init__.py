"""Verbs of meetings."""

from caucuses.meetings.actions.calendar import (
    LinkGone,
    digest_of,
    make_link,
    rename_link,
    stop_link,
)
from caucuses.meetings.actions.calling import (
    CALLED_BEFORE,
    HasBegun,
    IsClosed,
    MeetingConflict,
    Plan,
    call_meeting,
    call_off_meeting,
    change_meeting,
)
from caucuses.meetings.actions.ending import delete_expired, delete_stale
from caucuses.meetings.actions.notes import OLDER, NotesConflict, save_notes
from caucuses.meetings.actions.sealing import seal_zones

__all__ = [
    "CALLED_BEFORE",
    "OLDER",
    "HasBegun",
    "IsClosed",
    "LinkGone",
    "MeetingConflict",
    "NotesConflict",
    "Plan",
    "call_meeting",
    "call_off_meeting",
    "change_meeting",
    "delete_expired",
    "delete_stale",
    "digest_of",
    "make_link",
    "rename_link",
    "save_notes",
    "seal_zones",
    "stop_link",
]
