"""Who may read and change what in a journal: its author, and nobody else, for any reason."""

from __future__ import annotations

from typing import Any

from accountability.journal.models import Draft, Entry
from accountability.journal.querysets import DraftQuerySet, EntryQuerySet


def can_read_entry(user: Any, entry: Entry) -> bool:
    """Whether it is the member's own."""
    return bool(user.is_authenticated and entry.author_id == user.pk)


def entries_visible_to(user: Any) -> EntryQuerySet:
    """The member's own entries, deleted ones among them; nobody's for the signed-out."""
    return Entry.objects.of(user) if user.is_authenticated else Entry.objects.none()


def can_change_entry(user: Any, entry: Entry) -> bool:
    """Whether the member may write in it: it is their own and not deleted."""
    return can_read_entry(user, entry) and entry.deleted_at is None


def drafts_visible_to(user: Any) -> DraftQuerySet:
    """The member's own drafts; nobody's for the signed-out."""
    return Draft.objects.of(user) if user.is_authenticated else Draft.objects.none()
