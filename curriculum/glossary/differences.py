"""Two wordings beside each other: which fields differ, and in each the words that went and came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from curriculum.glossary.models import WORDS, Proposal, Wording

#: A word or a sign, with the blanks after it, so that a blank alone is never a difference.
TOKEN = re.compile(r"(?:[\w'’-]+|[^\w\s])\s*")
SAME, OUT, IN = "same", "out", "in"
Run = tuple[str, int, int, int, int]  # as `SequenceMatcher` gives them
#: What stands elsewhere on a page, or is no words.
LEFT_OUT = frozenset({"language"})


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went (`out`) or came (`in`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field that two wordings fill differently."""

    name: str
    label: str
    pieces: tuple[Piece, ...]

    @property
    def old(self) -> list[Piece]:
        """The text as it was, with what went marked."""
        return [piece for piece in self.pieces if piece.kind != IN]

    @property
    def new(self) -> list[Piece]:
        """The text as it becomes, with what came marked."""
        return [piece for piece in self.pieces if piece.kind != OUT]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts in one, word by word. Blanks and ends of lines count for nothing."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    old_keys, new_keys = ([token.strip() for token in tokens] for tokens in (before, after))
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    found = []
    for kind, first, last, start, end in _runs(matcher):
        if kind == "equal":
            found.append(Piece(SAME, "".join(after[start:end])))
            continue
        found += [
            Piece(sort, "".join(tokens))
            for sort, tokens in ((OUT, before[first:last]), (IN, after[start:end]))
            if tokens
        ]
    return tuple(found)


def _runs(matcher: SequenceMatcher[str]) -> Iterator[Run]:
    """Runs of words that stayed or were replaced. One word that stayed between two changes reads as part of them."""
    runs = matcher.get_opcodes()
    held: Run | None = None  # a change that what follows may still belong to
    for at, (kind, first, last, start, end) in enumerate(runs):
        alone = kind == "equal" and last - first == 1 and 0 < at < len(runs) - 1
        if kind == "equal" and not alone:
            if held:
                yield held
            yield kind, first, last, start, end
            held = None
        else:
            begin = held or (kind, first, last, start, end)
            held = ("replace", begin[1], last, begin[3], end)
    if held:
        yield held


def changes(
    old: Wording | None, new: Wording, names: Mapping[str, str] | None = None
) -> list[FieldChange]:
    """The fields that differ, in the order of a wording; without an old one, all that are filled.

    `names` gives the names of related terms by their addresses.
    """
    said = dict(_said(old, names or {})) if old is not None else {}
    return [
        FieldChange(name, label_of(name), pieces(said.get(name, ""), text))
        for name, text in _said(new, names or {})
        if text != said.get(name, "")
    ]


def lines_of(wording: Wording, names: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Label and text of each field that is filled."""
    return [(label_of(name), text) for name, text in _said(wording, names or {}) if text]


def label_of(name: str) -> str:
    """What a field of a wording is called."""
    label = str(Proposal._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _said(wording: Wording, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in WORDS:
        if name not in LEFT_OUT:
            yield name, _text_of(wording, name, names)


def _text_of(wording: Any, name: str, names: Mapping[str, str]) -> str:
    value = getattr(wording, name)
    if name == "case_matters":
        return _("yes") if value else ""
    if name == "source_use":
        return str(wording.get_source_use_display()) if wording.source else ""
    if isinstance(value, list):
        return ", ".join(names.get(one, one) for one in value)
    return str(value)
