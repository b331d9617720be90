"""What changed in a lesson between two editions, in sentences.

Compared over the whole lesson: a sentence that moved to another block is not new, and blocks may have new ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from curriculum.models.editions import Edition

SENTENCE = re.compile(r"(?<=[.!?…”])\s+(?=[A-ZÁÉÍÓÚÑ“0-9*¿¡])")
MOST = 40  # changes in a list; a lesson that was written anew is read anew


@dataclass(frozen=True)
class Change:
    """Sentences that took the place of others. `blocks` hold the new ones."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    blocks: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The sentences of a plain text; a line of it (a heading, an item of a list) ends one."""
    return [one for line in text.splitlines() for one in SENTENCE.split(line) if one]


def changes_between(old: Edition, new: Edition) -> list[Change]:
    """What a reader of the old edition has not read, in the order of the new one."""
    before = [one for _block, text in old.texts for one in sentences(text)]
    after = [(block, one) for block, text in new.texts for one in sentences(text)]
    matcher = SequenceMatcher(None, before, [one for _block, one in after], autojunk=False)
    known, still = set(before), {one for _block, one in after}
    found = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        added = [(block, one) for block, one in after[start:end] if one not in known]
        removed = tuple(one for one in before[first:last] if one not in still)
        if added or removed:
            blocks = tuple(dict.fromkeys(block for block, _one in added))
            found.append(Change(tuple(one for _block, one in added), removed, blocks))
    return found[:MOST]
