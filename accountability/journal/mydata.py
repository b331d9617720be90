"""The journal in its author's own copy of everything: all of it as data, as Markdown, and as the file that can be brought back in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.journal.carrying import asjson
from accountability.journal.carrying.carried import Journal
from accountability.journal.carrying.taking import as_markdown
from core.packing import File
from core.register import Part, Words

FOLDER = "journal"
LABELS: Mapping[str, Words] = {
    "choices": _("What you chose"),
    "escape_hides": _("Escape hides the journal"),
    "id": _("Number"),
    "state": _("State"),
    "state:kept": _("saved"),
    "state:draft": _("draft"),
    "state:deleted": _("deleted"),
    "written": _("Written"),
    "changed": _("Changed"),
    "deleted": _("Deleted"),
    "version": _("Version"),
    "draft_of": _("Draft of version"),
    "title": _("Title"),
    "body": _("Text"),
    "tags": _("Tags"),
    "prompt": _("Suggestion"),
    "about": _("About"),
    "kind": _("Kind"),
    "key": _("Key"),
    "words": _("Words"),
    "source": _("From"),
    "url": _("Address"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Every entry and draft, also what was deleted and not yet gone."""
    yield Part(
        "entries", _("Entries and drafts"), partial(_entries, member), partial(_files, member)
    )


def _entries(member: Any) -> Iterator[Mapping[str, Any]]:
    journal = Journal.of(member)
    for entry, _html in journal.read():
        yield asjson.fields_of(entry)
    for row in journal.shut:
        yield {"id": str(row.id), "written": row.written.isoformat(), "cannot_be_opened": True}


def _files(member: Any) -> Iterator[File]:
    journal, at = Journal.of(member), timezone.localtime()
    for name, moment, text in as_markdown(journal, timezone.get_current_timezone()):
        yield f"{FOLDER}/{name}", moment, text
    entries = (entry for entry, _html in journal.read())
    yield f"{FOLDER}/journal.json", at, asjson.written_as(entries, at=at, shut=journal.shut)
