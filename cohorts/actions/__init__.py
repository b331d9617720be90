"""Verbs of `cohorts`, one file a noun."""

from cohorts.actions.announcements import (
    delete_announcement,
    edit_announcement,
    post_announcement,
)
from cohorts.actions.attendance import (
    Noted,
    NotYet,
    note_attendance,
    say_attendance,
    take_back_attendance,
)
from cohorts.actions.discussion import (
    delete_reply,
    edit_reply,
    open_prompt,
    post_reply,
    remove_reply,
)
from cohorts.actions.invitations import (
    AlreadyInvited,
    AlreadyThere,
    InvitationGone,
    SentInvitation,
    accept_invitation,
    invite,
)
from cohorts.actions.meetings import (
    HasBegun,
    IsCalledOff,
    MeetingConflict,
    Plan,
    call_meetings,
    call_off_meeting,
    change_meeting,
    clean_agendas_again,
)
from cohorts.actions.memberships import join_cohort, leave_cohort
from cohorts.actions.rhythm import copy_rhythm
from cohorts.actions.writing import StaleEdit, clean_again

__all__ = [
    "AlreadyInvited",
    "AlreadyThere",
    "HasBegun",
    "InvitationGone",
    "IsCalledOff",
    "MeetingConflict",
    "NotYet",
    "Noted",
    "Plan",
    "SentInvitation",
    "StaleEdit",
    "accept_invitation",
    "call_meetings",
    "call_off_meeting",
    "change_meeting",
    "clean_again",
    "clean_agendas_again",
    "copy_rhythm",
    "delete_announcement",
    "delete_reply",
    "edit_announcement",
    "edit_reply",
    "invite",
    "join_cohort",
    "leave_cohort",
    "note_attendance",
    "open_prompt",
    "post_announcement",
    "post_reply",
    "remove_reply",
    "say_attendance",
    "take_back_attendance",
]
