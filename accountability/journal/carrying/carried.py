"""One entry or draft on its way out or in, with everything that is said of it, and the limits of what comes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from accountability.journal.actions import html_from
from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import drafts_visible_to, entries_visible_to
from accountability.journal.texts import Text, text_of
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.text import CLEANER_VERSION

MOST_ENTRIES = 5_000
#: Sent at once, and unpacked at once. It bounds what one transaction writes: sealing pads a text to at most four times its
#: size, and none of an entry's six fields below 256 bytes, so that it is some 90 MB for 5,000 entries of any length.
MOST_BYTES = 20 * 1024 * 1024
AT_ONCE = 100  # rows


@dataclass(frozen=True)
class Carried:
    """An entry, or a draft when `of_version` is given. `id` is the one it had where it comes from, None: it had none.

    `written` of what comes in is None when nothing says when it was.
    """

    id: UUID | None
    text: Text
    written: datetime | None
    changed: datetime | None = None
    deleted: datetime | None = None
    version: int = 1
    of_version: int | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it was not saved yet."""
        return self.of_version is not None


@dataclass(frozen=True)
class Row:
    """What is known of a row without opening it."""

    id: UUID
    written: datetime
    is_draft: bool
    is_deleted: bool


@dataclass
class Journal:
    """All of one member's journal, read in small pieces as often as is needed; `shut` fills while it is read."""

    member: Any
    rows: Sequence[Row] = ()
    shut: dict[Row, None] = field(default_factory=dict)  # in the order in which they were met

    @classmethod
    def of(cls, member: Any) -> Journal:
        """The journal of a member: which rows there are, the newest first, drafts before entries."""
        entries = entries_visible_to(member).values_list("pk", "written_at", "deleted_at")
        drafts = drafts_visible_to(member).values_list("pk", "saved_at")
        return cls(
            member,
            [Row(pk, saved, True, False) for pk, saved in drafts]
            + [Row(pk, written, False, deleted is not None) for pk, written, deleted in entries],
        )

    def read(self, *, html: bool = False) -> Iterator[tuple[Carried, str]]:
        """Each that can be opened, with its HTML if asked for. What was removed meanwhile is left out."""
        for start in range(0, len(self.rows), AT_ONCE):
            batch = self.rows[start : start + AT_ONCE]
            drafts = drafts_visible_to(self.member).in_bulk([row.id for row in batch if row.is_draft])  # fmt: skip
            entries = entries_visible_to(self.member).in_bulk([row.id for row in batch if not row.is_draft])  # fmt: skip
            for row in batch:
                found = (drafts if row.is_draft else entries).get(row.id)
                opened = self._opened(found, row, html=html) if found else None
                if opened:
                    yield opened

    def _opened(self, found: Entry | Draft, row: Row, *, html: bool) -> tuple[Carried, str] | None:
        try:
            return _carried(found), _html(found) if html else ""
        except (CannotOpen, KeyMissing):
            alerts.could_not_open(found)
            self.shut[row] = None
            return None


def _carried(row: Entry | Draft) -> Carried:
    text = text_of(row)
    if isinstance(row, Draft):
        return Carried(row.pk, text, row.saved_at, row.saved_at, None, row.version, row.of_version)
    return Carried(row.pk, text, row.written_at, row.changed_at, row.deleted_at, row.version)


def _html(row: Entry | Draft) -> str:
    """As it is shown; nothing is written for it."""
    if isinstance(row, Entry) and row.html_by == CLEANER_VERSION:
        return str(row.html)
    return html_from(str(row.body))
