"""Whom a limit is about: a member, or everybody of a name that somebody wrote; and the text of it that is sealed."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Whom:
    """One member; or a `name` as it was written, with those of that name whom its writer knew at the time.

    Everybody of the name is meant, whether or not there is anybody: a list must not tell who is a member.
    """

    members: tuple[UUID, ...]
    name: str = ""

    def as_text(self) -> str:
        """The text that is sealed: an id, or JSON for a name."""
        members = [str(member) for member in self.members]
        if not self.name:
            return members[0]
        return json.dumps({"name": self.name, "members": members}, ensure_ascii=False)


def whom_from(text: str) -> Whom:
    """What such a text says. Raises ValueError for what is none."""
    if not text.startswith("{"):
        return Whom((UUID(text),))
    values: Any = json.loads(text)
    try:
        return Whom(tuple(UUID(one) for one in values["members"]), str(values["name"]))
    except (AttributeError, KeyError, TypeError):
        raise ValueError("This is no name with its members.") from None


def folded(name: str) -> str:
    """A full name as it is compared: without case, accents, punctuation and what cannot be seen."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = (_compared(letter) for letter in bare if not unicodedata.combining(letter))
    return " ".join("".join(letters).split()) or " ".join(name.casefold().split())


def _compared(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return ""
    return " " if kind[0] in "PSZC" else letter
