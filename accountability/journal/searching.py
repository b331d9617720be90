"""Looking through one's own entries: opened one by one in the request, compared, and forgotten. There is no index.

Entries come from the database as sealed values, without rows of the model, so that five thousand take half a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.utils import timezone

from accountability.journal.folding import fold
from accountability.journal.models import Entry
from accountability.journal.permissions import entries_visible_to
from accountability.journal.texts import prompt_of, tags_of
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.fields import EncryptedTextField
from core.crypto.owners import Owner
from core.models import OwnerKind

MOST_LETTERS = 200  # of what is looked for
CHUNK = 100  # rows in memory at a time; so few leave nothing to the garbage collector
#: What is opened of every entry for the choosers, and what besides to compare words.
LABELS = ("tags", "prompt")
TEXTS = ("title", "body")

_TYPED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")


@dataclass(frozen=True)
class Asked:
    """What is looked for; everything that is given must be there. `words` and `tag` are folded."""

    words: tuple[str, ...] = ()
    tag: str = ""
    prompt: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def labeled(self) -> bool:
        """Whether something besides words is looked for."""
        return bool(self.tag or self.prompt or self.since or self.until)

    def holds(self, at: datetime, tags: tuple[str, ...], prompt: str, texts: str) -> bool:
        """Whether an entry of this moment, with these, is meant."""
        if self.since or self.until:
            day = timezone.localtime(at).date()
            if day < (self.since or day) or day > (self.until or day):
                return False
        if self.tag and self.tag not in map(fold, tags):
            return False
        if self.prompt and self.prompt != prompt:
            return False
        return not self.words or self._all_stand_in("\n".join((texts, *tags, prompt)))

    def _all_stand_in(self, text: str) -> bool:
        text = fold(text)
        if not all(part in text for word in self.words for part in word.split()):
            return False
        if any(" " in word for word in self.words):
            text = " ".join(text.split())
        return all(word in text for word in self.words)


@dataclass
class Found:
    """The entries that were found, newest first; every tag and suggestion of the journal; how many could not be looked into."""

    ids: list[UUID] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    closed: int = 0


def words_of(typed: str) -> tuple[str, ...]:
    """The words that were typed, folded; what stands in quotation marks is one."""
    found = (one[1] if one[1] is not None else one[2] for one in _TYPED.finditer(typed))
    return tuple(dict.fromkeys(word for one in found if (word := " ".join(fold(one).split()))))


def look(member: Any, asked: Asked | None) -> Found:
    """Go through all entries of a member. With nothing asked, only tags and suggestions are collected."""
    found = Found()
    tags: dict[str, str] = {}
    prompts: dict[str, None] = {}
    names = (*LABELS, *TEXTS) if asked and asked.words else LABELS
    for key, at, parts in _opened(member, names):
        if parts is None:
            found.closed += 1
            continue
        of_entry, prompt = tags_of(parts[0]), prompt_of(parts[1])
        for tag in of_entry:
            tags.setdefault(fold(tag), tag)
        words = prompt.words if prompt else ""
        prompts.setdefault(words)
        if asked and asked.holds(at, of_entry, words, "\n".join(parts[2:])):
            found.ids.append(key)
    found.tags = [tags[low] for low in sorted(tags)]
    found.prompts = sorted((words for words in prompts if words), key=fold)
    if found.closed:
        could_not_open(Entry)
    return found


def _opened(
    member: Any, names: tuple[str, ...]
) -> Iterator[tuple[UUID, datetime, list[str] | None]]:
    """Each kept entry, newest first: its id, when, and the named fields opened; None in their place when one does not open."""
    owner = Owner(OwnerKind.MEMBER, member.pk)
    fields = [_sealed(name) for name in names]
    rows = entries_visible_to(member).kept().values_list("id", "written_at", *names)
    for key, at, *values in rows.iterator(chunk_size=CHUNK):
        try:
            parts = [
                one.open_of(value.value, row=key, owner=owner)
                for one, value in zip(fields, values, strict=True)
            ]
        except CannotOpen:
            yield key, at, None
        else:
            yield key, at, list(parts)


def _sealed(name: str) -> EncryptedTextField:
    return cast(EncryptedTextField, Entry._meta.get_field(name))
