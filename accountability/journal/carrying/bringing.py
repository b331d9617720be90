"""Bringing entries in: all in one transaction, nothing overwritten, and nothing of anybody else ever named.

What comes in gets an id made from the member's and the one in the file (`id_for`), so that the same file names the same
rows again, and no file can name another member's. When such a row says something else by now, the id after it is asked
(made from that one), and so on: an older text comes beside, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from accountability.journal.actions import id_for
from accountability.journal.carrying.carried import Carried
from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import drafts_visible_to, entries_visible_to
from accountability.journal.querysets import UNDO_FOR
from accountability.journal.texts import Text, text_of
from core.crypto.envelope import CannotOpen

AT_ONCE = 500  # rows


@dataclass
class Outcome:
    """How many came in, in which way. It is shown once and stored nowhere."""

    new: int = 0
    beside: int = 0
    restored: int = 0
    same: int = 0
    drafts: int = 0
    deleted: int = 0


@transaction.atomic
def bring_in(*, by: Any, entries: Iterable[Carried]) -> Outcome:
    """Add the entries to the member's journal. One that is there already, word for word, is left out, or taken back
    where it was deleted; one with other words comes beside it.
    """
    # one form after the other, as in `actions`
    get_user_model().objects.select_for_update(of=("self",)).filter(pk=by.pk).values("pk").first()
    return _Bringing(by, list(entries)).done()


class _Bringing:
    """One import while it is under way: what stands in the journal already, and what is to come."""

    def __init__(self, member: Any, entries: list[Carried]) -> None:
        self.member, self.entries = member, entries
        self.now, self.outcome = timezone.now(), Outcome()
        self.there = {row.pk: row for row in entries_visible_to(member).defer("html")}
        self.drafts = {row.pk: row for row in drafts_visible_to(member)}
        self.became: dict[UUID, Entry] = {}  # by the id in the file
        self.back: list[UUID] = []

    def done(self) -> Outcome:
        """Sort out what is new, and add it."""
        self.said = self._said() if any(entry.id is None for entry in self.entries) else {}
        entries = [self._entry(entry) for entry in self.entries if not entry.is_draft]
        drafts = [self._draft(entry) for entry in self.entries if entry.is_draft]
        Entry.objects.bulk_create(filter(None, entries), batch_size=AT_ONCE)
        Draft.objects.bulk_create(filter(None, drafts), batch_size=AT_ONCE)
        entries_visible_to(self.member).filter(pk__in=self.back).update(deleted_at=None)
        return self.outcome

    def _said(self) -> dict[Text, list[Entry]]:
        """The entries by what they say, for files that name none."""
        said: dict[Text, list[Entry]] = {}
        for row in self.there.values():
            text = _text_of(row)
            if text:
                said.setdefault(text, []).append(row)
        return said

    def _entry(self, given: Carried) -> Entry | None:
        if given.id is None:
            for row in self.said.get(given.text, ()):
                if given.written in {None, row.written_at}:
                    self._same(row, given)
                    return None
            return self._new(uuid4(), given)
        beside = False
        for pk in self._ids(given.id):
            stands = self.there.get(pk)
            if stands is not None and _text_of(stands) == given.text:
                self._same(stands, given)
                return None
            if stands is None and pk not in self.drafts:
                self.outcome.beside += beside
                return self._new(pk, given)
            beside = True
        raise AssertionError("The ids never end.")

    def _ids(self, given: UUID) -> Iterator[UUID]:
        """Where what has this id in a file may stand here: its own row, if it is the member's; then those made from it."""
        if given in self.there or given in self.drafts:
            yield given
        while True:
            given = id_for(self.member, given)
            yield given

    def _same(self, row: Entry, given: Carried) -> None:
        if given.id:
            self.became[given.id] = row
        if row.deleted_at and not given.deleted:
            row.deleted_at = None
            self.back.append(row.pk)
            self.outcome.restored += 1
        else:
            self.outcome.same += 1

    def _new(self, pk: UUID, given: Carried) -> Entry:
        """The row; its HTML is made when it is first read."""
        written = given.written or self.now
        row = Entry(
            id=pk,
            author=self.member,
            written_at=written,
            changed_at=given.changed or written,
            deleted_at=self._deleted(given),
            **given.text.sealed_values(),
        )
        self.there[pk] = row
        if given.id:
            self.became[given.id] = row
        else:
            self.said.setdefault(given.text, []).append(row)
        self.outcome.new += 1
        self.outcome.deleted += row.deleted_at is not None
        return row

    def _deleted(self, given: Carried) -> datetime | None:
        """When it was deleted; now, if that is so long ago that it could not be taken back."""
        if given.deleted is None or self.now - UNDO_FOR < given.deleted <= self.now:
            return given.deleted
        return self.now

    def _draft(self, given: Carried) -> Draft | None:
        """A draft of an entry stays with it, where it has no other; any other is one of a new entry."""
        entry = self.became.get(given.id) if given.id else None
        first = entry.pk if entry else given.id or uuid4()
        for place, pk in enumerate(self._ids(first)):
            row, draft = self.there.get(pk), self.drafts.get(pk)
            if given.text in {_text_of(row), _text_of(draft)}:
                self.outcome.same += 1
                return None
            begun = row is not None and row.deleted_at is None and place == 0
            if draft is None and (row is None or begun):
                return self._new_draft(pk, given, of_version=row.version if row else 0)
        raise AssertionError("The ids never end.")

    def _new_draft(self, pk: UUID, given: Carried, *, of_version: int) -> Draft:
        draft = Draft(
            id=pk,
            author=self.member,
            of_version=of_version,
            saved_at=given.changed or given.written or self.now,
            **given.text.sealed_values(),
        )
        self.drafts[pk] = draft
        self.outcome.drafts += 1
        return draft


def _text_of(row: Entry | Draft | None) -> Text | None:
    """What it says; None for what is not there or cannot be opened, which is never the same as anything."""
    try:
        return text_of(row) if row else None
    except CannotOpen:
        return None
