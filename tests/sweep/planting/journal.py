"""Plants of the journal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accountability.journal.actions import id_for, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt, Text
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use


def _text(model: str, words: Words) -> Text:
    return Text(
        title=f"That {words.word(f'{model}.title')}",
        body=f"I laughed: {words.word(f'{model}.body')}.",
        tags=("meetings", words.word(f"{model}.tags")),
        prompt=Prompt(f"When {words.word(f'{model}.prompt')}?", "Shared language", "/learn/"),
        about=About("lesson", "6b6f", f"What {words.word(f'{model}.about')} means", "/learn/"),
    )


def _entry(member: Any, words: Words) -> Entry:
    """An entry whose word of `html` stands in the body, from which that is made."""
    text = _text("journal.Entry", words)
    body = f"{text.body} And **{words.word('journal.Entry.html')}**."
    whole = Text(text.title, body, text.tags, text.prompt, text.about)
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=whole, seen=0)


def _draft(member: Any, words: Words) -> Draft:
    """The draft of a new entry."""
    text = _text("journal.Draft", words)
    return keep_draft(by=member, entry_id=id_for(member, uuid4()), text=text, seen=0, of_version=0)


PLANTS: dict[str, Plant] = {"journal.Entry": _entry, "journal.Draft": _draft}

_ENTRY = frozenset(
    f"journal.Entry.{name}" for name in ("title", "body", "html", "tags", "prompt", "about")
)
_DRAFT = frozenset(f"journal.Draft.{name}" for name in ("title", "body", "tags", "prompt", "about"))
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("journal:entry_list", frozenset({"journal.Entry.title"})),
    Page("journal:entry_show", _ENTRY, about="journal.Entry"),
    Page("journal:entry_edit", _ENTRY, about="journal.Entry"),
    Page("journal:entry_edit", _DRAFT, about="journal.Draft"),
    Page("journal:entry_print", _ENTRY, data={"which": "all"}),
    Page("journal:export_show", _ENTRY, method="post"),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
#: What stays shut even to Dev's own browser until he has shown that it is he.
LOCKED = frozenset(PLANTS)

_SHEET: dict[str, str | list[str]] = {"title": "{word}", "body": "{word}", "tags": "{word}"}
#: He looks for words, sees how a text will look, is saved while he types, saves, exports.
USES: tuple[Use, ...] = (
    Use("journal:entry_search", data={"words": "{planted}"}, expects=200),
    Use("journal:entry_search", data={"words": "\x00" + "{word}" * 9000}, expects=200),
    Use("journal:entry_search", data={"tag": "{word}", "prompt": "{word}"}, expects=200),
    Use("journal:entry_write", data={**_SHEET, "act": "preview"}, expects=200),
    Use("journal:draft_begin", data=_SHEET, form_on="journal:entry_write", expects=200),
    Use("journal:entry_write", data={**_SHEET, "seen": "many"}, expects=400),
    Use("journal:entry_write", data=_SHEET),
    Use("journal:entry_write", data={**_SHEET, "body": "{word}" * 9000}, expects=200),
    Use("journal:export_show", expects=200),
)
