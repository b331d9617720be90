"""What is planted: for each model with private fields, a row of a member's that holds a word of its own in each of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accountability.journal.actions import id_for, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt, Text
from core.privacy import class_s_fields
from scripts.traces import Words
from tests.sweep.planting.kinds import Plant

AUTHOR = "dev"


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


def private_fields() -> list[str]:
    """Every field that is declared class S, as `app.Model.field`."""
    return [f"{model._meta.label}.{name}" for model, name in class_s_fields()]


def plant(member: Any, words: Words) -> dict[str, Any]:
    """One row of each kind for this member, by the model's label."""
    return {label: make(member, words) for label, make in PLANTS.items()}


def unplanted(rows: dict[str, Any], words: Words) -> list[str]:
    """The private fields that hold no word of their own in the planted rows as they were stored."""
    return [
        name
        for name in private_fields()
        if name not in words.words or not _holds(rows, name, words.words[name])
    ]


def _holds(rows: dict[str, Any], name: str, word: str) -> bool:
    label, field = name.rsplit(".", 1)
    row = rows.get(label)
    return row is not None and word in getattr(type(row).objects.get(pk=row.pk), field)
