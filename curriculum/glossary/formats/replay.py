"""Goes through a file as a body would that adopts all of it in order, so that what cannot be adopted is said before anything is proposed.

The checks of a proposal look at what is adopted already. Two terms of one file that each call the other broader, or that
share a word, would pass them and then keep the body from deciding.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.glossary.choices import WordKind
from curriculum.glossary.formats.incoming import ImportRefused
from curriculum.glossary.models import Proposal, Relation, TermWord
from curriculum.glossary.wordings import leading_words, way_back


class Replay:
    """Words and broader terms as they will be at each step."""

    def __init__(self) -> None:
        self.above: dict[str, list[str]] = defaultdict(list)
        self.leads_to: dict[tuple[str, str], str] = {}
        self.words: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        self.addresses: dict[str, set[tuple[str, str]]] = defaultdict(set)
        broader = Relation.objects.filter(is_broader=True)
        for lower, upper in broader.values_list("term__slug", "other__slug"):
            self.above[lower].append(upper)
        for slug, language, *word in TermWord.objects.values_list("term__slug", "language", "kind", "folded", "slug"):  # fmt: skip
            self._lead(slug, language, *word)

    def adopt(self, slug: str, words: dict[str, Any], place: str) -> None:
        """Let a wording be in force. Raises ImportRefused when it could not be."""
        language = words["language"]
        if language == settings.LANGUAGE_CODE:
            if way := way_back(slug, words["broader"], self.above):
                said = _("A term cannot be broader than itself: %(circle)s.")
                raise ImportRefused(place, said % {"circle": " → ".join(way)})
            self.above[slug] = list(words["broader"])
        self._forget(slug, language)
        for kind, word, folded, address in leading_words(Proposal(**words)):
            self._check(slug, language, word, folded, address, place)
            self._lead(slug, language, kind, folded, address)

    def retire(self, slug: str) -> None:
        """Let a term be retired: its aliases alone lead to it from then on."""
        for language in settings.LANGUAGES:
            kept = [word for word in self.words[slug, language[0]] if word[0] == WordKind.ALIAS]
            self._forget(slug, language[0])
            for word in kept:
                self._lead(slug, language[0], *word)

    def _check(self, slug: str, language: str, word: str, folded: str, address: str, place: str) -> None:  # fmt: skip
        other = self.leads_to.get((language, folded), slug)
        if other != slug:
            said = _("“%(word)s” leads to the term “%(term)s” already.")
            raise ImportRefused(place, said % {"word": word, "term": other})
        for other, its_language in self.addresses[address] if address else ():
            if other != slug and its_language != language:
                said = _("“%(word)s” is the address of the term “%(term)s”.")
                raise ImportRefused(place, said % {"word": word, "term": other})

    def _lead(self, slug: str, language: str, kind: str, folded: str, address: str) -> None:
        self.leads_to[language, folded] = slug
        self.words[slug, language].append((kind, folded, address))
        if address:
            self.addresses[address].add((slug, language))

    def _forget(self, slug: str, language: str) -> None:
        for _kind, folded, address in self.words.pop((slug, language), []):
            self.leads_to.pop((language, folded), None)
            self.addresses[address].discard((slug, language))
