"""Announcements: post, edit, delete."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cohorts import notifications
from cohorts.actions.over import held_open
from cohorts.actions.writing import cleaned, rewrite
from cohorts.models import Announcement, Cohort
from cohorts.permissions import (
    can_announce_in_cohort,
    can_change_announcement,
    can_delete_announcement,
)
from core import audit
from core.access import require


@transaction.atomic
def post_announcement(*, cohort: Cohort, text: str, by: Any) -> Announcement:
    """Tell the cohort something. Everybody in it but the author gets a notice, in the same transaction. Raises CohortIsOver."""
    require(can_announce_in_cohort(by, held_open(cohort)))
    announcement = Announcement.objects.create(
        cohort=cohort,
        author=by,
        **cleaned(text),
    )
    audit.record("announcement.posted", by=by, subject=announcement)
    notifications.announcement_posted(announcement)
    return announcement


@transaction.atomic
def edit_announcement(
    *, announcement: Announcement, text: str, seen_revision: int, by: Any
) -> Announcement:
    """Change the text of one's own announcement. Nobody is told again. Raises CohortIsOver, and StaleEdit when it changed meanwhile."""
    held_open(announcement.cohort)
    require(can_change_announcement(by, announcement))
    rewrite(announcement, text=text, seen_revision=seen_revision)
    audit.record("announcement.edited", by=by, subject=announcement)
    return announcement


@transaction.atomic
def delete_announcement(*, announcement: Announcement, by: Any) -> None:
    """Delete one's own announcement, also when the cohort is over. Notices of it show nothing from then on, and their mail is not sent."""
    require(can_delete_announcement(by, announcement))
    audit.record("announcement.deleted", by=by, subject=announcement)
    announcement.delete()
