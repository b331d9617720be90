"""Rows of `cohorts`."""

from cohorts.models.discussion import Prompt, Reply
from cohorts.models.groups import Cohort, Invitation, Membership
from cohorts.models.inviting import ImportRow, JoinLink, MemberImport
from cohorts.models.writing import Announcement, Written

__all__ = [
    "Announcement",
    "Cohort",
    "ImportRow",
    "Invitation",
    "JoinLink",
    "MemberImport",
    "Membership",
    "Prompt",
    "Reply",
    "Written",
]
