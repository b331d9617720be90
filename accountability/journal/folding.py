"""Text as the search of the journal compares it: as `curriculum.search.words.folded`, and quick for thousands of entries.

Quotation marks, apostrophes and dashes are those of a keyboard here, because what was typed and what is looked for may
come from two of them.
"""

from __future__ import annotations

from curriculum.search.words import folded

_TYPED = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-", "\u2014": "-", "\u2026": "...",
}  # fmt: skip


def _letter(number: int) -> int:
    """A letter of Latin-1 without case and accent; itself where that is several letters, or one of another set."""
    bare = folded(chr(number))
    return ord(bare) if len(bare) == 1 and ord(bare) < 256 else number


#: What most European texts are written with is folded letter by letter.
_LATIN = bytes(map(_letter, range(256)))


def fold(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    for typed, plain in _TYPED.items():
        if typed in text:
            text = text.replace(typed, plain)
    try:
        latin = text.replace("ß", "ss").encode("latin-1")
    except UnicodeEncodeError:
        return folded(text)
    return latin.translate(_LATIN).decode("latin-1")
