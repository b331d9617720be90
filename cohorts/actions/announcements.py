"""Announcements: post, edit, delete."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cohorts import notifications
from cohorts.models import Announcement, Cohort
from cohorts.permissions import can_announce_in_cohort, can_change_announcement
from core import audit
from core.access import require
from core.text import CLEANER_VERSION, clean_markdown

MOST_AT_ONCE = 500


class StaleEdit(Exception):
    """The text was changed elsewhere since it was opened. `current` is the announcement as it stands now."""

    def __init__(self, current: Announcement) -> None:
        super().__init__("The announcement was changed elsewhere since it was opened.")
        self.current = current


@transaction.atomic
def post_announcement(*, cohort: Cohort, text: str, by: Any) -> Announcement:
    """Tell the cohort something. Everybody in it but the author gets a notice, in the same transaction."""
    require(can_announce_in_cohort(by, cohort))
    announcement = Announcement.objects.create(
        cohort=cohort,
        author=by,
        text=text,
        text_html=clean_markdown(text),
        cleaner_version=CLEANER_VERSION,
    )
    audit.record("announcement.posted", by=by, subject=announcement)
    notifications.announcement_posted(announcement)
    return announcement


@transaction.atomic
def edit_announcement(
    *, announcement: Announcement, text: str, seen_revision: int, by: Any
) -> Announcement:
    """Change the text of one's own announcement. Nobody is told again. Raises StaleEdit when it changed meanwhile."""
    require(can_change_announcement(by, announcement))
    as_seen = Announcement.objects.filter(pk=announcement.pk, revision=seen_revision)
    changed = as_seen.update(
        text=text,
        text_html=clean_markdown(text),
        cleaner_version=CLEANER_VERSION,
        edited_at=timezone.now(),
        revision=F("revision") + 1,
    )
    announcement.refresh_from_db()
    if not changed:
        raise StaleEdit(announcement)
    audit.record("announcement.edited", by=by, subject=announcement)
    return announcement


@transaction.atomic
def delete_announcement(*, announcement: Announcement, by: Any) -> None:
    """Delete one's own announcement. Notices of it show nothing from then on, and their mail is not sent."""
    require(can_change_announcement(by, announcement))
    audit.record("announcement.deleted", by=by, subject=announcement)
    announcement.delete()


def clean_again() -> int:
    """Clean what an older cleaner had cleaned, from the text as it was typed; returns how many rows changed."""
    old = Announcement.objects.exclude(cleaner_version=CLEANER_VERSION)[:MOST_AT_ONCE]
    for row in old:
        same_text = Announcement.objects.filter(pk=row.pk, revision=row.revision)
        same_text.update(text_html=clean_markdown(row.text), cleaner_version=CLEANER_VERSION)
    return len(old)
