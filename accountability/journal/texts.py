"""What an entry says, as one value: cleaned, within limits, and the JSON in which tags, prompt and subject are sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from core.text import strip_control

LONGEST_TITLE = 200  # characters
LONGEST_BODY = 100_000
MOST_TAGS = 20
LONGEST_TAG = 40


@dataclass(frozen=True)
class Prompt:
    """The suggestion an entry began with, as it was then. `source` is the lesson it stood in, with its edition."""

    words: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True)
class About:
    """What an entry is about: a `lesson` or a `commitment`, its lasting key, and its name as it was then."""

    kind: str
    key: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Text:
    """Everything a member wrote for one entry."""

    title: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    prompt: Prompt | None = None
    about: About | None = None

    def sealed_values(self) -> dict[str, str]:
        """The values of an entry's or a draft's sealed fields, but for `html`."""
        return {
            "title": self.title,
            "body": self.body,
            "tags": json.dumps(self.tags, ensure_ascii=False) if self.tags else "",
            "prompt": _packed(self.prompt),
            "about": _packed(self.about),
        }

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written; a suggestion alone is nothing written."""
        return not (self.title or self.body or self.tags)


def text_of(row: Any) -> Text:
    """The text of an entry or a draft. Raises core.crypto.envelope.CannotOpen when part of it cannot be opened."""
    return Text(
        title=str(row.title),
        body=str(row.body),
        tags=tags_of(row.tags),
        prompt=prompt_of(row.prompt),
        about=about_of(row.about),
    )


def tags_of(packed: str) -> tuple[str, ...]:
    """The tags as they are sealed in one field."""
    return tuple(json.loads(packed)) if packed else ()


def prompt_of(packed: str) -> Prompt | None:
    """The suggestion as it is sealed in one field."""
    return Prompt(**json.loads(packed)) if packed else None


def about_of(packed: str) -> About | None:
    """What an entry is about, as it is sealed in one field."""
    return About(**json.loads(packed)) if packed else None


def cleaned(words: str) -> str:
    """Typed words with one kind of line end, and without what no reader sees (`core.text.characters`)."""
    return strip_control(words.replace("\r\n", "\n").replace("\r", "\n"))


def tags_from(typed: str) -> tuple[str, ...]:
    """Tags as they are typed, parted by commas or line ends: each once, whatever its capitals, in the order typed."""
    return tags_once(typed.replace("\n", ",").split(","))


def tags_once(given: Iterable[str]) -> tuple[str, ...]:
    """The tags without empty ones and without those that differ in capitals or spaces alone."""
    found: dict[str, str] = {}
    for tag in given:
        tag = " ".join(cleaned(tag).strip().lstrip("#").split())
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _packed(value: Prompt | About | None) -> str:
    return json.dumps(asdict(value), ensure_ascii=False) if value else ""
