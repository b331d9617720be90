"""The words that lead to terms, found in a text: longest match, whole words. A dictionary of first words, without an automaton:
a lesson of 50 KB takes some milliseconds with 5 000 terms, and nothing has to be compiled where the site is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from curriculum.glossary.linking.prose import SEAM, is_whole, places_of, words
from curriculum.glossary.models import TermWord
from curriculum.glossary.words import folded_text


class Leading(NamedTuple):
    """One word that leads to a term."""

    folded: str
    text: str
    term_id: UUID | None
    slug: str
    case_matters: bool


class Mention(NamedTuple):
    """A word that leads to a term, and where it stands in a text."""

    start: int
    end: int
    word: Leading


@dataclass(frozen=True)
class Leads:
    """Words that lead to terms, by themselves as they are compared, and the shapes of phrases by the first of their words.

    A shape is how long a phrase is and how far into it that word begins; longest first.
    """

    phrases: dict[str, Leading]
    shapes: dict[str, list[tuple[int, int]]]

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in this text, none within another; of two that begin at one place the longer."""
        found: list[Mention] = []
        end = 0
        for mention in sorted(self._all(text), key=lambda one: (one.start, -one.end)):
            if mention.start >= end:
                found.append(mention)
                end = mention.end
        return found

    def holds(self, text: str) -> bool:
        """Whether one of them stands in this text."""
        return next(self._all(text), None) is not None

    def _all(self, text: str) -> Iterator[Mention]:
        folded = folded_text(text)
        for first in set(words().findall(folded)):
            shapes = self.shapes.get(first)
            if shapes is None:
                continue
            for at in places_of(folded, first):
                yield from self._longest(text, folded, at, shapes)

    def _longest(
        self, text: str, folded: str, at: int, shapes: list[tuple[int, int]]
    ) -> Iterator[Mention]:
        """The longest phrase of which the word at this place is the first."""
        for length, offset in shapes:
            start = max(0, at - offset)
            end = start + length
            phrase = self.phrases.get(folded[start:end])
            if phrase is None or not is_whole(folded, start, end):
                continue
            if not phrase.case_matters or _plain(text[start:end]) == _plain(phrase.text):
                yield Mention(start, end, phrase)
                return


def _plain(text: str) -> str:
    """With apostrophes alike and letters as they are."""
    small = folded_text(text)
    return "".join("'" if low == "'" else letter for letter, low in zip(text, small, strict=True))


def leads_of(phrases: Iterable[Leading]) -> Leads:
    """The dictionary of these words."""
    known: dict[str, Leading] = {}
    shapes: dict[str, set[tuple[int, int]]] = {}
    pattern = words()
    for phrase in phrases:
        first = pattern.search(phrase.folded)
        if first is not None and SEAM not in phrase.folded:
            known[phrase.folded] = phrase
            shapes.setdefault(first[0], set()).add((len(phrase.folded), first.start()))
    return Leads(known, {word: sorted(several, reverse=True) for word, several in shapes.items()})


_kept: dict[str, tuple[Any, Leads]] = {}


def leads_in(language: str) -> Leads:
    """The words of all terms in use in a language. One query; read anew when one of them has changed.

    Words are only ever written and deleted, so how many there are and which is the last tells one state from another.
    """
    rows = TermWord.objects.filter(language=language, term__retired_at__isnull=True)
    state = rows.aggregate(Count("pk"), Max("pk"))
    kept = _kept.get(language)
    if kept is None or kept[0] != state:
        kept = _kept[language] = (state, leads_of(_read(rows)))
    return kept[1]


def _read(rows: QuerySet[TermWord]) -> Iterator[Leading]:
    columns = ("folded", "text", "term_id", "term__slug", "case_matters")
    yield from (Leading(*row) for row in rows.values_list(*columns).iterator())


def bare(folded: Iterable[str]) -> Leads:
    """A dictionary of words alone, to see whether a text holds one."""
    return leads_of(Leading(word, word, None, "", False) for word in folded)
