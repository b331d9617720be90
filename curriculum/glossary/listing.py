"""The index of the shared language: its terms by letter, and what somebody who looks for one may type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override

from core.content import kept
from core.text import strip_control
from curriculum.glossary.models import TermWord
from curriculum.glossary.reading import TermLine, lexicon
from curriculum.glossary.words import folded_word

#: From so many terms on, the index shows one letter at a time, and names alone.
MANY = 300
LONGEST_LOOK = 80  # letters that one may type to find a term
OTHER = "#"  # where names stand that begin with no letter


@dataclass(frozen=True)
class Entry:
    """One line of the index. `words` is all that leads to it, as it is compared."""

    line: TermLine
    words: str
    letter: str


@dataclass(frozen=True)
class Listing:
    """The terms of one language in the order of the index."""

    entries: tuple[Entry, ...]  # in use
    retired: tuple[TermLine, ...]

    @cached_property
    def letters(self) -> dict[str, list[Entry]]:
        """The entries by first letter."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.letter, []).append(entry)
        return found

    @property
    def is_long(self) -> bool:
        """Whether it is shown letter by letter."""
        return len(self.entries) >= MANY

    def holding(self, typed: str) -> list[Entry]:
        """The entries whose name, other words or forms hold what was typed; those that begin with it first."""
        wanted = folded_word(typed)
        found = [entry for entry in self.entries if wanted in entry.words]
        return sorted(found, key=lambda entry: not entry.words.startswith(wanted))


def listing(request: HttpRequest, language: str) -> Listing:
    """The index in a language; made once for each version of what is published."""
    with override(language):
        return kept(request, ("glossary-listing", language), lambda: _made(request))


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for (`?lang=`), else the one of now."""
    wanted = request.GET.get("lang", "")
    now = get_language() or settings.LANGUAGE_CODE
    return wanted if wanted in dict(settings.LANGUAGES) else now


def kept_language(request: HttpRequest) -> str:
    """What links carry on, so that the language of the words stays: `?lang=es`, or nothing."""
    language = asked_language(request)
    return f"?lang={language}" if language == request.GET.get("lang") else ""


def typed_words(request: HttpRequest) -> str:
    """What was typed into the index's form, without what cannot be seen."""
    typed = strip_control(request.GET.get("q", ""))[:LONGEST_LOOK]
    return " ".join(typed.split())


def _made(request: HttpRequest) -> Listing:
    lines = lexicon(request)
    others: dict[UUID, list[str]] = {}
    for pk, word in TermWord.objects.values_list("term_id", "folded"):
        others.setdefault(pk, []).append(word)
    entries = [_entry(line, others.get(line.term_id, ())) for line in lines.in_use]
    entries.sort(key=lambda entry: (entry.letter == OTHER, entry.letter, _sortable(entry.line.name)))  # fmt: skip
    return Listing(tuple(entries), tuple(line for line in lines.lines if line.retired))


def _entry(line: TermLine, others: Iterable[str]) -> Entry:
    words = dict.fromkeys([folded_word(line.name), *others])
    return Entry(line, "\n".join(words), letter_of(line.name))


def letter_of(name: str) -> str:
    """The letter under which a name stands: without its accent, signs before it passed over."""
    first = next((letter for letter in _sortable(name) if letter.isalnum()), "")
    return first.upper()[:1] if first.isalpha() else OTHER


def _sortable(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
