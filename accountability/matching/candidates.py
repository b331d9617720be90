"""Who may be paired with whom, and how well they fit, for a whole round at once.

The rules are those of `scoring.may_meet` and `scoring.weight`, asked for all pairs of a round together: a test holds the two
to each other. In a round of more than 200 people each keeps 50 candidates and not all: 10 000 people have 50 million pairs.
42 of them are those who fit best; 8 are whoever comes next in the shuffled order, however well they fit. Without these
a few people who fit everybody would fill all lists, and most others would find nobody left in theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accountability.buddies.choices import Rhythm
from accountability.matching.choices import Outside, Spoken, Topic
from accountability.matching.scoring import (
    BASE,
    EACH_SLOT,
    EACH_TOPIC,
    ELSEWHERE,
    LANGUAGE,
    MOST_SLOTS,
    MOST_TOPICS,
    RHYTHM,
    SLOTS,
    Person,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALL_UP_TO = 200
KEPT = 50
A_SIXTH = 6  # of the kept ones, whoever comes next
ROWS = 256  # people looked at together: 10 000 take some 10 MB a table

Edge = tuple[int, int, int]


@dataclass(frozen=True)
class Candidates:
    """The edges by places in the order of the people, and how many pairs of people limits and answers keep apart."""

    edges: list[Edge]
    kept_apart: int


def candidates(
    people: Sequence[Person], apart: Iterable[tuple[int, int]], *, kept: int = KEPT
) -> Candidates:
    """The pairs of these people, in the shuffled order, that may be. `apart` are pairs of places that limits keep apart."""
    # Not at the top: numpy is for the worker alone (see `solving`).
    import numpy as np

    table = _Table(people, apart)
    size = len(people)
    pairs, weights = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    kept_apart = 0
    for first in range(0, size, ROWS):
        scores, allowed = table.rows(first)
        later = np.arange(size) > np.arange(first, first + len(scores))[:, None]
        kept_apart += int((later & ~allowed).sum())
        if size <= ALL_UP_TO:
            rows, columns = np.nonzero(allowed & later)
        else:
            rows, columns = _best(scores, allowed, first, kept)
        there = rows + first
        pairs.append(np.minimum(there, columns) * size + np.maximum(there, columns))
        weights.append(scores[rows, columns].astype(np.int64))
    # A pair is one number, which sorts faster than a row of two; from whichever side it was found, it weighs the same.
    chosen, at = np.unique(np.concatenate(pairs), return_index=True)
    one, other = np.divmod(chosen, max(size, 1))
    weighs = np.concatenate(weights)[at]
    edges = zip(one.tolist(), other.tolist(), weighs.tolist(), strict=True)
    return Candidates(list(edges), kept_apart)


def _best(scores: NDArray, allowed: NDArray, first: int, kept: int) -> tuple[NDArray, NDArray]:
    """Rows and columns of each one's best candidates, and of some that come next in the order, whatever they score.

    Of equal scores the sum of the two places decides, round the circle: everybody has others, and both see it alike.
    """
    # Not at the top: see `candidates`.
    import numpy as np

    size = scores.shape[1]
    circle = (np.arange(first, first + len(scores))[:, None] + np.arange(size)) % size
    next_ = kept // A_SIXTH
    best = np.where(allowed, scores * size + circle, -1)
    turn = np.where(allowed, (circle + size // 2) % size, -1)
    rows, columns = [], []
    for keys, many in ((best, kept - next_), (turn, next_)):
        chosen = np.argpartition(keys, size - many, axis=1)[:, size - many :]
        really = np.take_along_axis(keys, chosen, axis=1) >= 0
        row, at = np.nonzero(really)
        rows.append(row)
        columns.append(chosen[row, at])
    return np.concatenate(rows), np.concatenate(columns)


class _Table:
    """The answers of a round as columns of numbers."""

    def __init__(self, people: Sequence[Person], apart: Iterable[tuple[int, int]]) -> None:
        # Not at the top: see `candidates`.
        import numpy as np

        said = [person.said for person in people]
        self.size = len(people)
        self.times, self.slots = _times(people)
        self.languages = _ticks((one.languages for one in said), Spoken.values)
        self.topics = _ticks((one.topics for one in said), Topic.values)
        rhythms = ["", *Rhythm.values]
        self.rhythm = np.array([rhythms.index(one.rhythm) for one in said])
        self.named: NDArray = np.asarray(self.languages.any(axis=1))
        self.wished = np.array([one.outside != Outside.ANY for one in said], dtype=bool)
        self.only = np.array([one.outside == Outside.ONLY for one in said], dtype=bool)
        self.work = np.array(list(_workplaces(people)))
        both = {(one, other) for pair in apart for one, other in (pair, pair[::-1])}
        self.apart = np.array(sorted(both), dtype=np.int64).reshape(-1, 2)

    def rows(self, first: int) -> tuple[NDArray, NDArray]:
        """How well `ROWS` people from `first` on fit everybody, and whether they may meet."""
        # Not at the top: see `candidates`.
        import numpy as np

        some = slice(first, first + ROWS)
        shared: NDArray = np.asarray(self.languages[some] @ self.languages.T > 0)
        same: NDArray = np.asarray(self.work[some, None] == self.work)
        rhythm = self.rhythm[some, None]
        slots = np.minimum((self.times[some] * self.slots) @ self.times.T, MOST_SLOTS)
        topics = np.minimum(self.topics[some] @ self.topics.T, MOST_TOPICS)
        scores = BASE + EACH_SLOT * slots.astype(np.int32) + EACH_TOPIC * topics.astype(np.int32)
        scores += LANGUAGE * shared
        scores += RHYTHM * ((rhythm == self.rhythm) & (rhythm > 0))
        scores += ELSEWHERE * ((self.wished[some, None] | self.wished) & ~same)
        both_named = self.named[some, None] & self.named
        colleagues = (self.only[some, None] | self.only) & same
        allowed: NDArray = np.empty(same.shape, dtype=bool)
        allowed[:] = (shared | ~both_named) & ~colleagues
        mine = self.apart[(self.apart[:, 0] >= first) & (self.apart[:, 0] < first + ROWS)]
        allowed[mine[:, 0] - first, mine[:, 1]] = False
        here = np.arange(len(scores))
        allowed[here, here + first] = False
        return scores, allowed


def _ticks(chosen: Iterable[Iterable[str]], choices: Sequence[str]) -> NDArray:
    """A row for each person, a column for each choice: 1 where it was ticked."""
    # Not at the top: see `candidates`.
    import numpy as np

    column = {choice: at for at, choice in enumerate(choices)}
    rows = [[column[one] for one in row] for row in chosen]
    table = np.zeros((len(rows), len(column)), dtype=np.float32)
    for at, row in enumerate(rows):
        table[at, row] = 1
    return table


def _times(people: Sequence[Person]) -> tuple[NDArray, NDArray]:
    """The free times, a column for each stretch that everybody has whole or not at all, and how many slots it is long."""
    # Not at the top: see `candidates`.
    import numpy as np

    packed = b"".join(person.free.to_bytes(SLOTS // 8, "little") for person in people)
    bits = np.frombuffer(packed, dtype=np.uint8).reshape(len(people), SLOTS // 8)
    free = np.unpackbits(bits, axis=1, bitorder="little")
    # Counted by their bytes: numpy would sort whole columns to find the equal ones.
    stretches = Counter(column.tobytes() for column in np.ascontiguousarray(free.T))
    columns = np.frombuffer(b"".join(stretches), dtype=np.uint8).reshape(
        len(stretches), len(people)
    )
    return columns.T.astype(np.float32), np.array([*stretches.values()], dtype=np.float32)


def _workplaces(people: Sequence[Person]) -> Iterator[int]:
    """A number for each organization; who named none shares it with nobody."""
    known: dict[object, int] = {}
    for at, person in enumerate(people):
        if person.organization is None:
            yield -1 - at
        else:
            yield known.setdefault(person.organization, len(known))
