"""Verbs of `cohorts`, one file a noun."""

from cohorts.actions.announcements import (
    delete_announcement,
    edit_announcement,
    post_announcement,
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
from cohorts.actions.memberships import (
    end_facilitator,
    join_cohort,
    leave_cohort,
    make_facilitator,
)
from cohorts.actions.writing import StaleEdit, clean_again

__all__ = [
    "AlreadyInvited",
    "AlreadyThere",
    "InvitationGone",
    "SentInvitation",
    "StaleEdit",
    "accept_invitation",
    "clean_again",
    "delete_announcement",
    "delete_reply",
    "edit_announcement",
    "edit_reply",
    "end_facilitator",
    "invite",
    "join_cohort",
    "leave_cohort",
    "make_facilitator",
    "open_prompt",
    "post_announcement",
    "post_reply",
    "remove_reply",
]
