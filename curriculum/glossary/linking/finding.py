"""Which terms a lesson uses, and where it mentions each first: what its editor linked, then what is linked by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from curriculum.glossary.linking.matching import Leads
from curriculum.glossary.linking.prose import SHUT_KINDS, Prose, places_of, prose_of

LINK_TO_TERM = re.compile(r'<a\b[^<>]*?\bhref="/glossary/([a-z0-9-]{1,120})/"')


class Part(NamedTuple):
    """One block of a lesson as it is shown."""

    block: str
    kind: str
    html: str


class Use(NamedTuple):
    """Where a lesson uses a term; without block and word for a link or a card of its editor."""

    block: str = ""
    found: str = ""
    nth: int = 0


def linked_in(parts: Iterable[Part]) -> set[str]:
    """The addresses of the terms that the lesson leads to already."""
    return {slug for part in parts for slug in LINK_TO_TERM.findall(part.html)}


def first_mentions(
    parts: Iterable[Part], leads: Leads, but: Collection[UUID | None]
) -> dict[UUID, Use]:
    """The first mention of each term other than these, in the order of the page."""
    found: dict[UUID, Use] = {}
    for part in parts:
        if part.kind in SHUT_KINDS:
            continue
        prose = prose_of(part.html)
        for start, end, word in leads.mentions(prose.text):
            if word.term_id is None or word.term_id in found or word.term_id in but:
                continue
            written = prose.text[start:end]
            found[word.term_id] = Use(part.block, written, _nth(prose, written, start))
    return found


def _nth(prose: Prose, written: str, at: int) -> int:
    """How many mentions of the same word stand before this one, such as within a longer term."""
    return sum(start < at for start in places_of(prose.text, written))
