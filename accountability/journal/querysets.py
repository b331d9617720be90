"""Named filters of the journal. None of them looks into what is written: that is sealed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models

#: How long a deleted entry can be taken back.
UNDO_FOR = timedelta(days=30)


class EntryQuerySet(models.QuerySet):
    """Filters for entries."""

    def of(self, member: Any) -> EntryQuerySet:
        """This member's own, deleted ones too: nobody else ever reads one."""
        return self.filter(author=member)

    def kept(self) -> EntryQuerySet:
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def deleted(self) -> EntryQuerySet:
        """Deleted, and still to be had back; the last one first."""
        return self.filter(deleted_at__isnull=False).order_by("-deleted_at", "-id")

    def for_list(self) -> EntryQuerySet:
        """With what a line of a list shows; the rest stays in the database."""
        return self.only("author_id", "written_at", "deleted_at", "title", "body", "tags")

    def earlier_than(self, entry: Any) -> EntryQuerySet:
        """Those before an entry, the nearest first."""
        return self.filter(_beside(entry, "lt")).order_by("-written_at", "-id")

    def later_than(self, entry: Any) -> EntryQuerySet:
        """Those after an entry, the nearest first."""
        return self.filter(_beside(entry, "gt")).order_by("written_at", "id")

    def past_undo(self, now: datetime) -> EntryQuerySet:
        """Deleted longer ago than they can be taken back."""
        return self.filter(deleted_at__lte=now - UNDO_FOR)


class DraftQuerySet(models.QuerySet):
    """Filters for drafts."""

    def of(self, member: Any) -> DraftQuerySet:
        """This member's own."""
        return self.filter(author=member)

    def for_list(self) -> DraftQuerySet:
        """With what a line of a list shows; the rest stays in the database."""
        return self.only("author_id", "saved_at", "of_version", "title", "body", "tags")


def _beside(entry: Any, side: str) -> models.Q:
    """On one side of an entry in the order of lists: by when it was written, then by id."""
    same_moment = models.Q(**{"written_at": entry.written_at, f"id__{side}": entry.pk})
    return models.Q(**{f"written_at__{side}": entry.written_at}) | same_moment
