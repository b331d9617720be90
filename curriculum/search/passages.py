"""The passage of a text in which the words stand, in parts, so that a template marks them and escapes all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from curriculum.search.words import Asked, Token, folded, tokens_of

BEFORE, AFTER = 8, 32  # words around the first that was found


class Part(NamedTuple):
    """A run of plain text, marked or not."""

    text: str
    marked: bool = False


class Hit(NamedTuple):
    """Tokens of a text that somebody asked for: from, up to, and which of the wanted."""

    start: int
    end: int
    which: int


def marked(text: str, asked: Asked) -> list[Part]:
    """The whole text with its words marked."""
    tokens = tokens_of(text)
    return _parts(text, tokens, _hits(tokens, asked), 0, len(text))


def passage(texts: Iterable[str], asked: Asked) -> list[Part]:
    """The place that holds the most of what was asked for, the first of its kind; empty when no text holds any."""
    most, best = 0, None
    for text in texts:
        if most == len(asked.wanted):
            break
        for found, hit, tokens, hits in _places(text, asked):
            if found > most:
                most, best = found, (text, tokens, hits, hit.start)
            if most == len(asked.wanted):
                break
    return _around(*best) if best else []


def _places(text: str, asked: Asked) -> Iterator[tuple[int, Hit, list[Token], list[Hit]]]:
    """Each hit of a text with how many of the wanted stand near it."""
    whole = folded(text)
    if not any(one.words[0] in whole for one in asked.wanted):
        return  # most paragraphs: cutting them into words would be the most work of a search
    tokens = tokens_of(text)
    hits = _hits(tokens, asked)
    for at, hit in enumerate(hits):
        near = {other.which for other in hits[at : at + AFTER] if other.end <= hit.start + AFTER}
        yield len(near), hit, tokens, hits


def _hits(tokens: list[Token], asked: Asked) -> list[Hit]:
    first_words = {one.words[0] for one in asked.wanted if not one.is_beginning}
    beginnings = tuple(one.words[0] for one in asked.wanted if one.is_beginning)
    hits = []
    for at, token in enumerate(tokens):
        if token.word not in first_words and not token.word.startswith(beginnings):
            continue
        for which, one in enumerate(asked.wanted):
            if length := one.length_at(tokens, at):
                hits.append(Hit(at, at + length, which))
    return hits


def _around(text: str, tokens: list[Token], hits: list[Hit], at: int) -> list[Part]:
    first = max(0, at - BEFORE)
    last = min(len(tokens), at + AFTER)
    start = tokens[first].start if first else 0
    end = tokens[last - 1].end if last < len(tokens) else len(text)
    parts = _parts(text, tokens, hits, start, end)
    before, after = [Part("… ")] if first else [], [Part(" …")] if last < len(tokens) else []
    return [*before, *parts, *after]


def _parts(text: str, tokens: list[Token], hits: list[Hit], start: int, end: int) -> list[Part]:
    parts, done = [], start
    for hit in hits:
        opens, closes = tokens[hit.start].start, tokens[hit.end - 1].end
        if opens < done or closes > end:
            continue
        parts += [Part(text[done:opens]), Part(text[opens:closes], marked=True)]
        done = closes
    return [part for part in (*parts, Part(text[done:end])) if part.text]
