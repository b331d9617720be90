"""Every history there is, one by one, for a dozen people: nothing is taken for granted about who can be told from whom."""

import numpy as np
import pytest

from core.suppression import Counted, Kind
from tests.core.suppression.adversary import Adversary, Story
from tests.core.suppression.histories import monday

LASTING = {2: ((0, 0), (0, 1), (1, 1)), 3: ((0, 0, 0), (0, 0, 1), (0, 1, 1), (1, 1, 1))}
FREE = {2: ((0, 0), (0, 1), (1, 0), (1, 1))}


class Everything:
    """All ways in which the others may have been, as (total of the others in each week) x (one person's path)."""

    def __init__(self, presence, paths):
        self.presence, self.paths = np.array(presence), np.array(paths)
        self.weeks = self.presence.shape[1]
        self.base = len(presence) + 1
        codes = np.zeros(1, dtype=np.int32)  # the totals of one history, written as one number
        worth = self.base ** np.arange(self.weeks)
        steps = [(self.paths * there) @ worth for there in self.presence]
        for step in steps:
            codes = (codes[:, None] + step[None, :].astype(np.int32)).ravel()
        self.by_person = [self._histories(codes, person) for person in range(len(presence))]

    def _histories(self, codes, person):
        """How many histories there are for each totals and each path of this person."""
        after = len(self.paths) ** (len(self.presence) - 1 - person)
        path = (np.arange(len(codes), dtype=np.int32) // after) % len(self.paths)
        size = self.base**self.weeks
        found = np.bincount(codes + size * path, minlength=size * len(self.paths))
        return found.reshape(len(self.paths), size)

    def possible(self):
        """Every row of totals that some history has."""
        for code in np.flatnonzero(self.by_person[0].sum(0)):
            yield tuple(int(code) // self.base**week % self.base for week in range(self.weeks))

    def paths_of(self, person, totals):
        """Which paths of one person occur in histories with one of these totals."""
        codes = [sum(t * self.base**week for week, t in enumerate(row)) for row in totals]
        return {tuple(path) for path, found in zip(self.paths.tolist(), self.by_person[person][:, codes].sum(1), strict=True) if found}  # fmt: skip


def rows_of(everything, own, kind):
    """What may have been published, each with the totals that publish it. I am person 0 and was there all the time."""
    presence = [[1] * everything.weeks, *everything.presence.tolist()]
    rows = {}
    for totals in everything.possible():
        weeks = []
        for week, total in enumerate(totals):
            here = [person for person, there in enumerate(presence) if there[week]]
            yes = [0][: own[week]] + [person for person in here if person][:total]
            weeks.append(Counted(monday(week), *map(frozenset, (here, yes)), kind))
        story = Story(weeks)
        row = tuple(published.shown for published in story.seen)
        rows.setdefault(row, (story, set()))[1].add(totals)
    return rows.values()


CASES = [
    ("lasting, twelve", Kind.LASTING, LASTING[2], [(1, 1)] * 11),
    ("lasting, three weeks", Kind.LASTING, LASTING[3], [(1, 1, 1)] * 11),
    ("lasting, one of thirteen leaves", Kind.LASTING, LASTING[2], [(1, 1)] * 11 + [(1, 0)]),
    ("lasting, one comes", Kind.LASTING, LASTING[2], [(1, 1)] * 11 + [(0, 1)]),
    ("free, twelve", Kind.FREE, FREE[2], [(1, 1)] * 11),
]


@pytest.mark.parametrize(("kind", "paths", "presence"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])  # fmt: skip
def test_every_history_of_a_dozen_people(kind, paths, presence):
    everything = Everything(presence, paths)

    for own in paths:
        for story, totals in rows_of(everything, own, kind):
            for week in range(everything.weeks):
                values = {row[week] for row in totals}
                assert len(values) >= 5 or not story.hidden(week)
            for person, there in enumerate(presence):
                seen = everything.paths_of(person, totals)
                for week in np.flatnonzero(there):
                    assert {path[week] for path in seen} == {0, 1}
                    if week and there[week - 1]:
                        assert {path[week] != path[week - 1] for path in seen} == {True, False}


def test_the_search_finds_what_trying_everything_finds():
    """The adversary of the longer stories is as clever as this one."""
    everything = Everything([(1, 1)] * 11 + [(1, 0)], LASTING[2])

    for own in LASTING[2]:
        for story, totals in rows_of(everything, own, Kind.LASTING):
            found = [set((Adversary(story, me=0).counts(week) - own[week]).tolist()) for week in range(2)]  # fmt: skip
            assert found == [{row[week] for row in totals} for week in range(2)]
