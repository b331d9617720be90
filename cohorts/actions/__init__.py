"""Verbs of `cohorts`, one file a noun."""

from cohorts.actions.announcements import (
    delete_announcement,
    edit_announcement,
    post_announcement,
)
from cohorts.actions.cohorts import (
    Facts,
    SlugStays,
    SlugTaken,
    StaleCohort,
    change_cohort,
    clone_cohort,
    earliest_end,
    end_cohort,
    make_cohort,
    slug_stays,
)
from cohorts.actions.discussion import (
    delete_reply,
    edit_reply,
    open_prompt,
    post_reply,
    remove_reply,
)
from cohorts.actions.facilitating import end_facilitator, let_facilitate, make_facilitator
from cohorts.actions.invitations import (
    AlreadyInvited,
    AlreadyThere,
    InvitationGone,
    SentInvitation,
    accept_invitation,
    invite,
)
from cohorts.actions.memberships import add_member, join_cohort, leave_cohort
from cohorts.actions.writing import StaleEdit, clean_again

__all__ = [
    "AlreadyInvited",
    "AlreadyThere",
    "Facts",
    "InvitationGone",
    "SentInvitation",
    "SlugStays",
    "SlugTaken",
    "StaleCohort",
    "StaleEdit",
    "accept_invitation",
    "add_member",
    "change_cohort",
    "clean_again",
    "clone_cohort",
    "delete_announcement",
    "delete_reply",
    "earliest_end",
    "edit_announcement",
    "edit_reply",
    "end_cohort",
    "end_facilitator",
    "invite",
    "join_cohort",
    "leave_cohort",
    "let_facilitate",
    "make_cohort",
    "make_facilitator",
    "open_prompt",
    "post_announcement",
    "post_reply",
    "remove_reply",
    "slug_stays",
]
