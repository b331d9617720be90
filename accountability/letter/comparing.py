"""What differs between two versions of the letter, word by word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest

from accountability.letter.choices import Part
from accountability.letter.models import LetterVersion
from core.content import kept
from curriculum.glossary.differences import IN, OUT, TOKEN, Piece, pieces

#: Pairs of equal words. A text that repeats few words over and over would keep the comparison busy for minutes.
MOST_PAIRS = 2_000_000


@dataclass(frozen=True)
class PartChange:
    """A part that two versions word differently."""

    label: Any
    pieces: tuple[Piece, ...]


def changes(old: LetterVersion, new: LetterVersion, request: HttpRequest) -> list[PartChange]:
    """The parts that differ. Published versions never change, so this is made once."""
    return kept(request, ("letter-changes", old.pk, new.pk), partial(compare, old, new))


def compare(old: LetterVersion, new: LetterVersion) -> list[PartChange]:
    """The parts that differ between two versions, or between a version and a draft."""
    return [
        PartChange(part.label, _pieces(getattr(old, part), getattr(new, part)))
        for part in Part
        if getattr(old, part) != getattr(new, part)
    ]


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    before, after = (Counter(word.strip() for word in TOKEN.findall(text)) for text in (old, new))
    if sum(count * after[word] for word, count in before.items()) > MOST_PAIRS:
        return (Piece(OUT, old), Piece(IN, new))
    return pieces(old, new)
