"""Words as the search knows them: of any language, without case and accents, the same in the index and in a query.

Both are cut and folded here, so that SQLite and PostgreSQL find the same and need no extension for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

MOST_LETTERS = 200  # of a query; nobody types more, and longer ones cost time
MOST_WORDS = 12
SHORTEST_BEGINNING = 4  # letters: “survey” also finds “surveyor”, but “art” no “article”

#: Marks that are part of a letter, such as the vowel signs of Devanagari; Python's own `\w` leaves them out.
_MARKS = "".join(
    letter for letter in map(chr, range(0x300, 0x10000)) if unicodedata.category(letter) in {"Mn", "Mc"}
)  # fmt: skip
#: Scripts that put no space between words (Thai, Lao, Burmese, Khmer, kana, Han): each letter stands for itself.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
WORD = re.compile(rf"[{_UNSPACED}][{_MARKS}]*|(?:[^\W_{_UNSPACED}][{_MARKS}]*)+")
#: Accents of Latin, Greek and Cyrillic letters, points of Hebrew, vowel signs of Arabic: people leave them out.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")


class Token(NamedTuple):
    """A word of a text as it is compared, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Wanted:
    """Words that must follow each other; the last may go on (“survey” in “surveyor”) when it stands alone."""

    words: tuple[str, ...]
    is_beginning: bool = False

    def length_at(self, tokens: list[Token], at: int) -> int:
        """How many tokens of a text it takes from this place on; 0 when it does not stand there."""
        if self.is_beginning:
            return int(tokens[at].word.startswith(self.words[0]))
        there = tuple(token.word for token in tokens[at : at + len(self.words)])
        return len(self.words) if there == self.words else 0


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: all of `wanted` must be there."""

    text: str
    wanted: tuple[Wanted, ...]


def folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare)


def tokens_of(text: str) -> list[Token]:
    """The words of a text with their places."""
    return [Token(folded(word[0]), word.start(), word.end()) for word in WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return [folded(word) for word in WORD.findall(text)]


def asked(text: str) -> Asked:
    """A query as it was typed, read without anybody's syntax but quotation marks, which make a phrase."""
    text = text.strip()[:MOST_LETTERS].strip()
    return Asked(text, tuple(_wanted(text))[:MOST_WORDS])


def _wanted(text: str) -> Iterator[Wanted]:
    for found in _PHRASE.finditer(text):
        words = tuple(words_of(found[1] if found[1] is not None else found[2]))
        alone = found[1] is None and len(words) == 1
        if words:
            yield Wanted(words, is_beginning=alone and len(words[0]) >= SHORTEST_BEGINNING)
