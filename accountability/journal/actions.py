"""Verbs of the journal. Each acts for the author alone, and none of them leaves a word in the audit, a notice or a log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import can_change_entry, can_read_entry
from accountability.journal.questions import hold_member, own_draft, own_entry
from accountability.journal.texts import LONGEST_BODY, Text, text_of
from core import doors
from core.access import require
from core.crypto.envelope import CannotOpen
from core.text import CLEANER_VERSION, clean_markdown


class Conflict(Exception):
    """Another tab saved meanwhile. Nothing was changed; `stored` is the row with the other text."""

    def __init__(self, stored: Entry | Draft) -> None:
        super().__init__("Another tab saved meanwhile.")
        self.stored = stored


class Gone(Exception):
    """What was written in was deleted or thrown away meanwhile. Nothing was changed."""


class Late(Exception):
    """The same page has saved the entry since it sent this. Nothing was changed."""


def id_for(member: Any, once: UUID) -> UUID:
    """The id of the entry that a form with this one-time key becomes.

    A form that is sent twice names the same entry, and nobody can name another member's.
    """
    return uuid5(member.pk, str(once))


@transaction.atomic
def keep_draft(
    *,
    by: Any,
    entry_id: UUID,
    text: Text,
    seen: int,
    of_version: int,
    tab: UUID | None = None,
    turn: int = 0,
    anyway: bool = False,
) -> Draft:
    """Save what is being typed. `seen` is the draft's version that the tab knows, 0 for none; `tab` the tab's own key.

    `turn` rises with each save of a tab (0: it counts none). One that comes late changes nothing: the stored draft is
    returned, or Late raised where the tab has saved the entry since. Raises Conflict when another tab has saved a
    different text since, unless `anyway`, and Gone when what was written in is there no more.
    """
    hold_member(by)
    draft = own_draft(by, entry_id)
    if draft is None:
        begun = bool(of_version or seen) and not anyway
        _refuse_where_gone(by, entry_id, begun=begun, tab=tab, turn=turn)
        row = {"id": entry_id, "of_version": of_version, "tab": tab, "turn": turn}
        return Draft.objects.create(author=by, **row, **text.sealed_values())
    if _overtaken(draft, tab, turn) and not anyway:
        return draft
    if draft.version != seen and not anyway and not _own(draft, tab):
        if _same(draft, text):
            return draft
        raise Conflict(draft)
    for name, value in text.sealed_values().items():
        setattr(draft, name, value)
    draft.version += 1
    draft.turn = max(turn, draft.turn) if _own(draft, tab) else turn
    draft.of_version, draft.tab = of_version, tab
    draft.saved_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def save_entry(
    *,
    by: Any,
    entry_id: UUID,
    text: Text,
    seen: int,
    draft_seen: int | None = None,
    tab: UUID | None = None,
    turn: int = 0,
    written_at: datetime | None = None,
    anyway: bool = False,
) -> Entry:
    """Keep the entry and drop its draft. `seen` is the entry's version that the form began with, 0 for a new one.

    `written_at` is the moment it is about, None to leave that as it is (now, for a new one).

    Raises Conflict when another tab saved the entry since, or (with `draft_seen`) typed on in its draft, with a different
    text, unless `anyway`. The same form sent twice saves once.
    """
    hold_member(by)
    entry, draft = own_entry(by, entry_id), own_draft(by, entry_id)
    if entry is not None:
        require(can_change_entry(by, entry))
    if not anyway:
        _refuse_other(entry, seen, text)
        if draft is not None and not _own(draft, tab):
            _refuse_other(draft, draft_seen, text)
    if entry is None:
        entry = Entry(id=entry_id, author=by, version=0, written_at=written_at or timezone.now())
    moved = written_at is not None and written_at != entry.written_at
    entry.written_at = written_at or entry.written_at
    entry.tab, entry.turn = tab, turn
    if entry.version and _same(entry, text) and not moved:
        entry.save(update_fields=["tab", "turn"])
    else:
        _written(entry, text)
    if draft is not None:
        draft.delete()
    return entry


def _written(entry: Entry, text: Text) -> None:
    for name, value in text.sealed_values().items():
        setattr(entry, name, value)
    entry.html, entry.html_by = html_from(text.body), CLEANER_VERSION
    entry.version += 1
    entry.changed_at = timezone.now()
    entry.save()


def html_from(body: str) -> str:
    """The body as safe HTML. A very long one is shown as it was typed."""
    return clean_markdown(body, longest=LONGEST_BODY)


def shown_html(entry: Entry) -> str:
    """The entry's body as HTML, made anew and kept where an older cleaner made it. Raises CannotOpen.

    It is kept for the version that was read alone: what another tab saved meanwhile has HTML of its own.
    """
    if entry.html_by < CLEANER_VERSION:
        entry.html, entry.html_by = html_from(entry.body), CLEANER_VERSION
        sealed = Entry._meta.get_field("html").seal(entry.html, entry)
        same = Entry.objects.filter(pk=entry.pk, version=entry.version)
        same.update(html=sealed, html_by=CLEANER_VERSION)
    return str(entry.html)


@transaction.atomic
def discard_draft(*, by: Any, entry_id: UUID) -> None:
    """Throw away what was typed since the entry was last saved; nothing happens where there is no draft."""
    hold_member(by)
    Draft.objects.of(by).filter(pk=entry_id).delete()


@transaction.atomic
def delete_entry(*, by: Any, entry: Entry) -> None:
    """Delete an entry with its draft; it can be taken back for 30 days. What others made of it (`entry_gone`) goes at once."""
    require(can_read_entry(by, entry))
    hold_member(by)
    Draft.objects.of(by).filter(pk=entry.pk).delete()
    Entry.objects.of(by).kept().filter(pk=entry.pk).update(deleted_at=timezone.now())
    doors.ask("entry_gone", entry_id=entry.pk, author=by)


@transaction.atomic
def restore_entry(*, by: Any, entry: Entry) -> None:
    """Take a deleted entry back."""
    require(can_read_entry(by, entry))
    Entry.objects.of(by).filter(pk=entry.pk).update(deleted_at=None)


@transaction.atomic
def destroy_entry(*, by: Any, entry: Entry) -> None:
    """Delete an entry at once and for good, with its draft."""
    require(can_read_entry(by, entry))
    hold_member(by)
    Draft.objects.of(by).filter(pk=entry.pk).delete()
    entry_id = entry.pk  # gone from the row in hand once that is deleted
    entry.delete()
    doors.ask("entry_gone", entry_id=entry_id, author=by)


def prune_deleted() -> int:
    """Remove for good what was deleted 30 days ago; returns how many went."""
    gone: int = Entry.objects.past_undo(timezone.now()).delete()[0]
    return gone


def _refuse_other(row: Entry | Draft | None, seen: int | None, text: Text) -> None:
    if seen is not None and row is not None and row.version != seen and not _same(row, text):
        raise Conflict(row)


def _refuse_where_gone(
    by: Any, entry_id: UUID, *, begun: bool, tab: UUID | None, turn: int
) -> None:
    """For a draft that would be a new row: not beside a deleted entry, nor in the place of what was destroyed."""
    entry = own_entry(by, entry_id)
    if entry.deleted_at is not None if entry else begun:
        raise Gone
    if entry is not None and _overtaken(entry, tab, turn):
        raise Late


def _overtaken(row: Entry | Draft, tab: UUID | None, turn: int) -> bool:
    """Whether this very tab has saved the row with a later turn, or with this one."""
    return tab is not None and row.tab == tab and 0 < turn <= row.turn


def _own(draft: Draft, tab: UUID | None) -> bool:
    """Whether this very tab saved it last, and only missed the answer."""
    return tab is not None and draft.tab == tab


def _same(row: Entry | Draft, text: Text) -> bool:
    """Whether it says so already; what cannot be opened says something else."""
    try:
        return text_of(row) == text
    except CannotOpen:
        return False
