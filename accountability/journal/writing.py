"""What a page that is written on stands on: the entry, the draft, where they began, and the text that is typed now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.utils import timezone

from accountability.journal.actions import id_for
from accountability.journal.forms import EntryForm
from accountability.journal.models import Draft, Entry
from accountability.journal.permissions import can_change_entry
from accountability.journal.questions import own_draft, own_entry
from accountability.journal.suggestions import beginning
from accountability.journal.texts import About, Prompt, Text, text_of
from core.access import acting_member
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen


@dataclass(frozen=True)
class Sheet:
    """One writing page. `is_new` says that its address is that of a new entry, whatever was saved from it meanwhile."""

    member: Any
    entry_id: UUID
    is_new: bool
    entry: Entry | None = None
    draft: Draft | None = None
    prompt: Prompt | None = None
    about: About | None = None
    is_deleted: bool = False  # the entry, since its page was opened

    @property
    def stored(self) -> Draft | Entry | None:
        """The latest of what is saved."""
        return self.draft or self.entry

    @property
    def seen(self) -> int:
        """The entry's version that the text on the page was begun on."""
        if self.draft is not None:
            return self.draft.of_version
        return self.entry.version if self.entry else 0

    @property
    def draft_seen(self) -> int:
        """The draft's version that is on the page."""
        return self.draft.version if self.draft else 0

    @property
    def about_at(self) -> datetime | None:
        """The moment that the entry is about, as far as it is known."""
        if self.entry is not None:
            return self.entry.written_at
        return self.draft.saved_at if self.draft else None

    def form(self) -> EntryForm:
        """The form with the text as it is saved. Raises CannotOpen."""
        text = text_of(self.stored) if self.stored else Text()
        return EntryForm(
            initial={
                "title": text.title,
                "body": text.body,
                "tags": ", ".join(text.tags),
                "day": timezone.localtime(self.about_at).date(),
                "once": uuid4(),
                "seen": self.seen,
                "draft_seen": self.draft_seen,
            }
        )

    def begun(self) -> tuple[Prompt | None, About | None]:
        """The suggestion and the subject: those of the address of a new entry, else the saved ones."""
        saved = read(self.stored) if self.stored else None
        return (
            self.prompt or (saved.prompt if saved else None),
            self.about or (saved.about if saved else None),
        )

    def text(self, form: EntryForm, *, leaves_out: bool = False) -> Text:
        """What the form says; with `leaves_out`, without the suggestion or subject that its writer took away."""
        said = form.cleaned_data
        prompt, about = self.begun()
        return Text(
            title=said["title"],
            body=said["body"],
            tags=said["tags"],
            prompt=None if leaves_out and said["without_prompt"] else prompt,
            about=None if leaves_out and said["without_about"] else about,
        )


def new_sheet(request: HttpRequest, once: Any = None) -> Sheet:
    """The page of a new entry; what was saved from it already, where `once` is the key of its form."""
    member, (prompt, about) = acting_member(request), beginning(request)
    try:
        entry_id = id_for(member, UUID(str(once or uuid4())))
    except ValueError:
        raise Http404 from None
    sheet = Sheet(member, entry_id, is_new=True, prompt=prompt, about=about)
    return _with_rows(sheet) if once else sheet


def sheet_of(request: HttpRequest, entry_id: UUID) -> Sheet | None:
    """The page of an entry or a draft of one's own; None for everything else, deleted entries among it."""
    sheet = _with_rows(Sheet(acting_member(request), entry_id, is_new=False))
    return sheet if sheet.stored else None


def read(row: Entry | Draft) -> Text | None:
    """The text of a row, None where it cannot be opened; the operator is told so, without content."""
    try:
        return text_of(row)
    except CannotOpen:
        could_not_open(row)
        return None


def _with_rows(sheet: Sheet) -> Sheet:
    entry, draft = own_entry(sheet.member, sheet.entry_id), own_draft(sheet.member, sheet.entry_id)
    if entry is not None and not can_change_entry(sheet.member, entry):
        return replace(sheet, entry=None, draft=draft, is_deleted=True)
    return replace(sheet, entry=entry, draft=draft)
