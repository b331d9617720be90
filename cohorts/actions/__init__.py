"""Verbs of `cohorts`, one file a noun."""

from cohorts.actions.announcements import (
    delete_announcement,
    edit_announcement,
    post_announcement,
)
from cohorts.actions.bringing import Arrival, bring_in, invite_all
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
from cohorts.actions.imports import discard_import, start_import, take_in
from cohorts.actions.invitations import (
    AlreadyInvited,
    AlreadyThere,
    CohortIsOver,
    InvitationGone,
    SentInvitation,
    accept_invitation,
    invite,
    send_again,
    withdraw_invitation,
)
from cohorts.actions.links import (
    AlreadyIn,
    LinkGone,
    MadeLink,
    end_join_link,
    join_by_link,
    make_join_link,
)
from cohorts.actions.memberships import add_member, join_cohort, leave_cohort
from cohorts.actions.writing import StaleEdit, clean_again

__all__ = [
    "AlreadyIn",
    "AlreadyInvited",
    "AlreadyThere",
    "Arrival",
    "CohortIsOver",
    "Facts",
    "InvitationGone",
    "LinkGone",
    "MadeLink",
    "SentInvitation",
    "SlugStays",
    "SlugTaken",
    "StaleCohort",
    "StaleEdit",
    "accept_invitation",
    "add_member",
    "bring_in",
    "change_cohort",
    "clean_again",
    "clone_cohort",
    "delete_announcement",
    "delete_reply",
    "discard_import",
    "earliest_end",
    "edit_announcement",
    "edit_reply",
    "end_cohort",
    "end_facilitator",
    "end_join_link",
    "invite",
    "invite_all",
    "join_by_link",
    "join_cohort",
    "leave_cohort",
    "let_facilitate",
    "make_cohort",
    "make_facilitator",
    "make_join_link",
    "open_prompt",
    "post_announcement",
    "post_reply",
    "remove_reply",
    "send_again",
    "slug_stays",
    "start_import",
    "take_in",
    "withdraw_invitation",
]
