"""Short plain pieces of an entry: how it begins, and where words stand in it, in parts that a template marks and escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accountability.journal.folding import fold
from curriculum.search.passages import Part

BEGINNING = 170  # characters of a line in a list
BEFORE, AROUND = 70, 260  # characters before the first word that was found, and in all

#: What Markdown adds to the words, each with a bound, so that no text makes the search slow.
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\s]{0,500}\)")
_AT_LINE_START = re.compile(r"^[ \t]{0,8}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])(?:[ \t]+|$)", re.MULTILINE)
_AROUND_WORDS = re.compile(r"[*`]+|~~|(?<![^\W_])_+|_+(?![^\W_])")


def plain(body: str) -> str:
    """A member's Markdown as running words in one line; escape it before showing it."""
    words = _LINK.sub(r"\1", body)
    words = _AROUND_WORDS.sub("", _AT_LINE_START.sub("", words))
    return " ".join(words.split())


def beginning(body: str, length: int = BEGINNING) -> str:
    """The first words of a body."""
    words = plain(body[: length * 4])
    if len(words) <= length and len(body) <= length * 4:
        return words
    return f"{_cut_at_a_space(words[:length])} …".strip()


def marked(text: str, words: Sequence[str]) -> list[Part]:
    """The whole text with the folded words marked."""
    return _parts(text, _spans(text, words), 0, len(text))


def passage(body: str, words: Sequence[str]) -> list[Part]:
    """The words around the first of the folded words in a body, marked; its beginning when none stands in it."""
    text = plain(body)
    spans = _spans(text, words)
    if not spans:
        first = beginning(body)
        return [Part(first)] if first else []
    start = _start_of_a_word(text, max(0, spans[0][0] - BEFORE))
    end = len(text)
    if start + AROUND < end:
        end = max(spans[0][1], start + len(_cut_at_a_space(text[start : start + AROUND])))
    before, after = [Part("… ")] if start else [], [Part(" …")] if end < len(text) else []
    return [*before, *_parts(text, spans, start, end), *after]


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order; those that touch or overlap are one."""
    low, places = _places(text)
    found = sorted(
        (places[hit.start()], places[hit.end() - 1] + 1)
        for word in words
        for hit in re.finditer(re.escape(word), low)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _places(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and for each of its letters where in the text it comes from."""
    low = fold(text)
    if len(low) == len(text):
        return low, range(len(low))
    letters = [(part, at) for at, letter in enumerate(text) for part in fold(letter)]
    return "".join(part for part, _at in letters), [at for _part, at in letters]


def _parts(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Part]:
    return [part for part in _cut(text, spans, start, end) if part.text]


def _cut(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    done = start
    for opens, closes in spans:
        if opens < start or closes > end:
            continue
        yield Part(text[done:opens])
        yield Part(text[opens:closes], marked=True)
        done = closes
    yield Part(text[done:end])


def _start_of_a_word(text: str, at: int) -> int:
    """The place itself at the beginning; else the next word that begins there or shortly after it."""
    space = text.find(" ", at, at + 30) if at else -1
    return at if space < 0 else space + 1


def _cut_at_a_space(text: str) -> str:
    """The text without its last, perhaps broken word; as it is in scripts without spaces."""
    space = text.rfind(" ", max(0, len(text) - 40))
    return text if space < 0 else text[:space]
