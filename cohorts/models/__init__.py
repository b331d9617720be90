"""Rows of `cohorts`."""

from cohorts.models.discussion import Prompt, Reply
from cohorts.models.groups import Cohort, Invitation, Membership
from cohorts.models.inviting import ImportRow, JoinLink, MemberImport
from cohorts.models.meetings import Attendance, Meeting
from cohorts.models.writing import Announcement, Written

__all__ = [
    "Announcement",
    "Attendance",
    "Cohort",
    "ImportRow",
    "Invitation",
    "JoinLink",
    "Meeting",
    "MemberImport",
    "Membership",
    "Prompt",
    "Reply",
    "Written",
]
