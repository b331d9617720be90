"""The parts of a report that are more than one text, as they are sealed: JSON, read back without trust."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from care.choices import Wish
from care.naming import Named, named_in

LONGEST_STORY = 20_000
LONGEST_WORDS = 1_000
LONGEST_NOTE = 5_000
MOST_NAMED = 50


@dataclass(frozen=True)
class About:
    """Whom a report is about: members by their ids, and whatever the writer says in their own words."""

    members: tuple[UUID, ...] = ()
    words: str = ""

    def sealed(self) -> str:
        """As it is kept."""
        return json.dumps({"members": [str(one) for one in self.members], "words": self.words})

    def names(self, name: str) -> bool:
        """Whether the writer's own words on whom it is about name this person; a name of one word is one, too."""
        found = named_in([self.words], name)
        return found is Named.IN_FULL or (found is Named.LIKELY and len(name.split()) == 1)

    def with_more(self, members: Iterable[UUID], words: str) -> About:
        """The same with these people and words too, each once."""
        joined = "\n".join(dict.fromkeys(part for part in (self.words, words) if part))
        return About(tuple(dict.fromkeys((*self.members, *members))), joined)


@dataclass(frozen=True)
class Asked:
    """What the writer wants, and more about it in their own words."""

    kind: Wish
    words: str = ""

    def sealed(self) -> str:
        """As it is kept."""
        return json.dumps({"kind": self.kind.value, "words": self.words})


@dataclass(frozen=True)
class Parties:
    """Who wrote a report, and which member reads it; None while it has no contact any more."""

    by: UUID
    handler: UUID | None

    def sealed(self) -> str:
        """As it is kept."""
        return json.dumps({"by": str(self.by), "handler": str(self.handler or "")})


def about_in(report: Any) -> About:
    """Whom it is about. Raises CannotOpen."""
    kept = json.loads(report.about)
    return About(tuple(UUID(one) for one in kept["members"]), kept["words"])


def asked_in(report: Any) -> Asked:
    """What its writer wants. Raises CannotOpen."""
    kept = json.loads(report.wish)
    return Asked(Wish(kept["kind"]), kept["words"])


def parties_of(report: Any) -> Parties:
    """The two sides. Raises CannotOpen."""
    kept = json.loads(report.parties)
    return Parties(UUID(kept["by"]), UUID(kept["handler"]) if kept["handler"] else None)
