"""The closest known word for one that nobody wrote: by the groups of three letters that both have, on every database.

Known are only words of titles and terms that the reader may see anyway, so that a suggestion gives nothing away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from curriculum.search.words import Asked, Wanted, words_of
from curriculum.search.words import asked as read

SHORTEST = 4  # letters of a word that is looked at: in shorter ones a typo is another word
MOST_COMPARED = 20
CLOSE_ENOUGH = 0.75


class Known:
    """Words by the groups of three letters that they hold."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words = {word for text in texts for word in words_of(text)}
        self._holding: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            if len(word) >= SHORTEST:
                for three in _threes(word):
                    self._holding[three].append(word)

    def closest(self, word: str) -> str | None:
        """The known word that is most like this one; None when none is like it."""
        shared = Counter(known for three in _threes(word) for known in self._holding.get(three, ()))
        alike = [
            (SequenceMatcher(None, word, known).ratio(), known)
            for known, _times in shared.most_common(MOST_COMPARED)
        ]
        ratio, known = max(alike, default=(0.0, ""))
        return known if ratio >= CLOSE_ENOUGH else None

    def holds(self, wanted: Wanted) -> bool:
        """Whether the word is known, or begins one that is."""
        (word,) = wanted.words
        return word in self.words or (
            wanted.is_beginning and any(known.startswith(word) for known in self.words)
        )


def corrected(asked: Asked, known: Known) -> Asked | None:
    """The query with each unknown word replaced by its closest known one; None when nothing changes. Phrases stay."""
    changed = False
    typed = []
    for wanted in asked.wanted:
        if len(wanted.words) > 1:
            typed.append(f'"{" ".join(wanted.words)}"')
            continue
        (word,) = wanted.words
        other = None
        if len(word) >= SHORTEST and not known.holds(wanted):
            other = known.closest(word)
        changed = changed or other is not None
        typed.append(other or word)
    return read(" ".join(typed)) if changed else None


def _threes(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
