"""Words that lead to a term: how they are compared, and which plurals a rule would propose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.utils.text import slugify

BRACKETS = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
VOWELS = "aeiou"
#: Typographic, modifier and acute, all of which people type for a straight one.
APOSTROPHES = "\u2019\u02bc\u0060\u00b4"

#: The one letter of which `lower` makes two.
GROWS = "\u0130"


def folded_word(text: str) -> str:
    """A word as it is compared: without doubled spaces and case, apostrophes straight."""
    return " ".join(folded_text(unicodedata.normalize("NFC", text)).split())


def folded_text(text: str) -> str:
    """A text letter by letter without case, of the same length, so that a place in it is the place in the text.

    Python's own `casefold` makes two letters of some (ß); so does `lower` of İ, which stays as it is, and Σ would be
    folded by where it stands in its word.
    """
    for apostrophe in APOSTROPHES:
        text = text.replace(apostrophe, "'")
    parts = text.replace("\u03a3", "\u03c3").split(GROWS)
    return GROWS.join(part.lower() for part in parts)


def address_of(word: str) -> str:
    """The address that a name or an alias gives."""
    return slugify(word)[:120].strip("-")


def names_in(name: str) -> list[str]:
    """What a text may call a term of this name: “Housing Agency (HA)” by both, others as they are."""
    both = BRACKETS.match(name)
    return [both[1], both[2]] if both else [name]


def plurals_of(word: str, language: str) -> list[str]:
    """The plural that a rule proposes; an editor keeps, mends or removes it. Empty where no rule is known."""
    if not word or not word[-1].isalpha() or word.isupper():
        return []
    return {"en": _english, "es": _spanish}.get(language.partition("-")[0], _none)(word)


def _english(word: str) -> list[str]:
    if word[-1] == "y" and len(word) > 1 and word[-2].lower() not in VOWELS:
        return [f"{word[:-1]}ies"]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [f"{word}es"]
    return [f"{word}s"]


def _spanish(word: str) -> list[str]:
    if " " in word:  # each of its words would change
        return []
    if word[-1].lower() in "aeiouáéó":
        return [f"{word}s"]
    if word[-1].lower() == "z":
        return [f"{word[:-1]}ces"]
    if word.endswith("ión"):
        return [f"{word[:-3]}iones"]
    return [] if word[-1].lower() == "s" else [f"{word}es"]


def _none(_word: str) -> list[str]:
    return []


def different(words: Iterable[str]) -> list[str]:
    """The words without empty ones and without a second of the same, in their order."""
    kept: dict[str, str] = {}
    for word in words:
        tidy = " ".join(str(word).split())
        if tidy:
            kept.setdefault(folded_word(tidy), tidy)
    return list(kept.values())
