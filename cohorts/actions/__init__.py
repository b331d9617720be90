"""Verbs of `cohorts`, one file a noun."""

from cohorts.actions.announcements import (
    StaleEdit,
    clean_again,
    delete_announcement,
    edit_announcement,
    post_announcement,
)
from cohorts.actions.invitations import (
    AlreadyInvited,
    AlreadyThere,
    InvitationGone,
    SentInvitation,
    accept_invitation,
    invite,
)
from cohorts.actions.memberships import join_cohort, leave_cohort

__all__ = [
    "AlreadyInvited",
    "AlreadyThere",
    "InvitationGone",
    "SentInvitation",
    "StaleEdit",
    "accept_invitation",
    "clean_again",
    "delete_announcement",
    "edit_announcement",
    "invite",
    "join_cohort",
    "leave_cohort",
    "post_announcement",
]
