"""The four questions of a check-in, and what somebody answers, as one value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import strip_control

#: Each question by the name of its field, in the order in which they stand everywhere.
QUESTIONS: dict[str, Promise] = {
    "did": _("What I did"),
    "avoided": _("What I avoided"),
    "need": _("What I need"),
    "ahead": _("What is next"),
}


@dataclass(frozen=True)
class Words:
    """What one person writes for one check-in."""

    did: str = ""
    avoided: str = ""
    need: str = ""
    ahead: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not any(value.strip() for value in self.values.values())

    @property
    def values(self) -> dict[str, str]:
        """By the name of the field."""
        return asdict(self)

    @property
    def answers(self) -> list[tuple[Promise, str]]:
        """Question and answer, those without an answer left out."""
        return [(QUESTIONS[name], value) for name, value in self.values.items() if value.strip()]


def words_of(row: Any) -> Words:
    """What stands in a row. Raises core.crypto.envelope.CannotOpen when part of it cannot be opened."""
    return Words(**{field.name: str(getattr(row, field.name)) for field in fields(Words)})


def write_into(row: Any, words: Words) -> None:
    """Set the four fields of a row."""
    for name, value in words.values.items():
        setattr(row, name, value)


def cleaned(typed: str) -> str:
    """Typed words with one kind of line end, and without what no reader sees."""
    return strip_control(typed.replace("\r\n", "\n").replace("\r", "\n"))
