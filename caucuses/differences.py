"""Two texts beside each other, sentence by sentence: what stayed, what was taken out, what was added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SENTENCE = re.compile(r"(?<=[.!?…:;\u3002\uff01\uff1f”’\")])\s+")
#: More sentences than this in one text are not compared: the old text went, the new one came.
MOST_COMPARED = 400
SAME, OUT, IN = "same", "out", "in"


@dataclass(frozen=True)
class Piece:
    """Sentences that stayed, went (`out`) or came (`in`)."""

    kind: str
    text: str


Paragraph = Sequence[Piece]
_Sentence = tuple[str, bool]  # and whether a line ends behind it


def paragraphs_between(old: str, new: str) -> list[Paragraph]:
    """The two texts in one, in paragraphs. Blanks between sentences, and how many lines are empty, count for nothing."""
    before, after = _sentences(old), _sentences(new)
    found: list[list[Piece]] = [[]]
    for kind, sentences in _runs(before, after):
        for text, ends in sentences:
            found[-1].append(Piece(kind, text))
            if ends:
                found.append([])
    return [_joined(pieces) for pieces in found if pieces]


def _runs(before: list[_Sentence], after: list[_Sentence]) -> list[tuple[str, Sequence[_Sentence]]]:
    if max(len(before), len(after)) > MOST_COMPARED:
        return [(SAME, after)] if before == after else [(OUT, _closed(before)), (IN, after)]
    matcher = SequenceMatcher(
        None, [text for text, _ in before], [text for text, _ in after], autojunk=False
    )
    found: list[tuple[str, Sequence[_Sentence]]] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            found.append((SAME, after[start:end]))
        else:
            found += _changed(before, after, (first, last, start, end))
    return found


def _changed(
    before: list[_Sentence], after: list[_Sentence], where: tuple[int, int, int, int]
) -> list[tuple[str, Sequence[_Sentence]]]:
    """What went and what came, each in its paragraph: what goes on the line before comes first."""
    first, last, start, end = where
    went, came = before[first:last], after[start:end]
    goes_on = first > 0 and before[first - 1][1] and start > 0 and not after[start - 1][1]
    ends = [number for number, (_text, ends) in enumerate(came, start=1) if ends]
    head = ends[0] if goes_on and ends else 0
    if went and came[head:]:  # what came stands in the paragraph of what it replaces
        went = [*went[:-1], (went[-1][0], False)]
    return [(IN, came[:head]), (OUT, went), (IN, came[head:])]


def _sentences(text: str) -> list[_Sentence]:
    found: list[_Sentence] = []
    for line in text.splitlines():
        parts = [one.strip() for one in SENTENCE.split(line) if one.strip()]
        found += [(one, number == len(parts)) for number, one in enumerate(parts, start=1)]
    return found


def _closed(sentences: list[_Sentence]) -> list[_Sentence]:
    return [*sentences[:-1], (sentences[-1][0], True)] if sentences else []


def _joined(pieces: list[Piece]) -> Paragraph:
    """Pieces of one kind beside each other become one, so that a long passage is read as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, f"{found[-1].text} {piece.text}")
        else:
            found.append(piece)
    return found
