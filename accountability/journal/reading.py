"""What is shown of entries: lines of a list, one whole entry, each with what of it cannot be opened.

A value that does not open (threats C4) takes nothing else with it: the rest of its entry and all others are shown, and
the operator is told once, without a word of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.journal.actions import html_from, shown_html
from accountability.journal.excerpts import marked, passage
from accountability.journal.models import Draft, Entry
from accountability.journal.querysets import UNDO_FOR
from accountability.journal.texts import About, Prompt, about_of, prompt_of, tags_of
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.text import CLEANER_VERSION, trusted
from curriculum.search.passages import Part

Value = TypeVar("Value")

#: What a part of an entry is called when it cannot be opened, in the order in which the page shows them. The HTML has
#: no name: it is made anew from the text as it was typed.
PARTS = {
    "title": _("its title"),
    "tags": _("its tags"),
    "prompt": _("the suggestion it began with"),
    "about": _("what it is about"),
    "body": _("its text as you typed it"),
}
#: An address of this site; what an import brought could be another one.
_ADDRESS_HERE = re.compile(r"/(?![/\\])[^\s\\]*")


@dataclass(frozen=True)
class Line:
    """An entry or a draft in a list. A part that cannot be opened is empty, and `damaged`."""

    id: UUID
    at: datetime
    title: list[Part]
    passage: list[Part]
    tags: tuple[str, ...]
    damaged: bool
    deleted_at: datetime | None = None

    @property
    def opens(self) -> bool:
        """Whether anything of it can be read."""
        return bool(self.title or self.passage or not self.damaged)

    @property
    def month(self) -> date:
        """The first day of its month, where its author is."""
        return timezone.localtime(self.at).date().replace(day=1)

    @property
    def days_left(self) -> int:
        """How many days a deleted one can still be taken back, today among them."""
        if self.deleted_at is None:
            return 0
        left: timedelta = self.deleted_at + UNDO_FOR - timezone.now()
        return max(0, ceil(left / timedelta(days=1)))


@dataclass(frozen=True)
class Shown:
    """One entry as it is read. `damaged` names the parts that cannot be opened, in words."""

    entry: Entry
    title: str
    html: str
    tags: tuple[str, ...]
    prompt: Prompt | None
    about: About | None
    damaged: tuple[Any, ...]

    @property
    def opens(self) -> bool:
        """Whether its title or its text can be read."""
        return bool(self.title or self.html or not self.damaged)

    @property
    def prompt_url(self) -> str:
        """Where the suggestion stood, when that is an address here."""
        return _here(self.prompt.url) if self.prompt else ""

    @property
    def about_url(self) -> str:
        """Where that is which it is about, when that is an address here."""
        return _here(self.about.url) if self.about else ""


def lines_of(rows: Iterable[Entry | Draft], words: tuple[str, ...] = ()) -> list[Line]:
    """The rows as lines; with folded words, these are marked and the passage is where they stand."""
    return [_line(row, words) for row in rows]


def shown_of(entry: Entry, *, keep: bool = True) -> Shown:
    """One entry, opened as far as it opens. HTML that is made anew is kept, unless not to: then nothing is written."""
    opened = _Opened(entry)
    return Shown(
        entry=entry,
        title=opened.part("title", str) or "",
        tags=opened.part("tags", tags_of) or (),
        prompt=opened.part("prompt", prompt_of),
        about=opened.part("about", about_of),
        html=trusted(opened.html(keep=keep)),
        damaged=opened.damaged_words(),
    )


def neighbors(entry: Entry, kept: Any) -> tuple[Entry | None, Entry | None]:
    """The entry before and the one after it, by date, with their dates alone; none of a deleted one."""
    if entry.deleted_at is not None:
        return None, None
    rows = kept.only("author_id", "written_at")
    return rows.earlier_than(entry).first(), rows.later_than(entry).first()


class _Opened:
    """Opens the parts of one row, notes those that do not open, and tells the operator once."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.damaged: set[str] = set()

    def part(self, name: str, read: Callable[[str], Value]) -> Value | None:
        """A part of the row, None when it cannot be opened."""
        try:
            return read(getattr(self.row, name))
        except CannotOpen:
            if not self.damaged:
                could_not_open(self.row)
            self.damaged.add(name)
            return None

    def html(self, *, keep: bool) -> str:
        """The body as it is shown, made anew where it is another cleaner's or does not open."""
        body = self.part("body", str)
        is_ours = self.row.html_by >= CLEANER_VERSION
        if is_ours and (html := self.part("html", str)) is not None:
            return html
        if body is None:
            return ""
        return html_from(body) if is_ours or not keep else shown_html(self.row)

    def damaged_words(self) -> tuple[Any, ...]:
        """The damaged parts in words."""
        return tuple(words for name, words in PARTS.items() if name in self.damaged)


def _line(row: Entry | Draft, words: tuple[str, ...]) -> Line:
    opened = _Opened(row)
    title, body = opened.part("title", str) or "", opened.part("body", str) or ""
    tags = opened.part("tags", tags_of) or ()
    return Line(
        id=row.pk,
        at=row.saved_at if isinstance(row, Draft) else row.written_at,
        title=marked(title, words) if title else [],
        passage=passage(body, words),
        tags=tags,
        damaged=bool(opened.damaged),
        deleted_at=None if isinstance(row, Draft) else row.deleted_at,
    )


def _here(url: str) -> str:
    return url if _ADDRESS_HERE.fullmatch(url) else ""
