"""The solver: who is paired with whom. Pure: it knows ids, eligible edges with weights, and a seed, and no database.

Goals, in this order: (1) as few people without a partner as can be, with one trio at most; (2) of those solutions one with
the greatest total weight; (3) of those the one that the ids, shuffled with the seed, lead to. The same people, edges and
seed give the same result, in whatever order they are handed in.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from rustworkx import PyGraph

Id = TypeVar("Id", bound=Any)
Edge = tuple[int, int, int]  # two places in the shuffled order, the smaller first, and the weight

#: Up to so many people every trio that may be is tried, each with the best pairs of the rest.
EVERY_TRIPLE_UP_TO = 21
#: Up to so many every third person is tried, with the best pairs of the rest.
EVERY_THIRD_UP_TO = 200


class Way(StrEnum):
    """How it was found whether there is a trio. All but `ATTACHED` and `EVERY_THIRD` are the optimum for certain."""

    PAIRS = "pairs"  # nobody is left over by pairs alone: no trio is needed
    EVERY_TRIPLE = "every_triple"
    EVERY_THIRD = "every_third"
    ATTACHED = "attached"  # somebody left over was added to a pair that was found without them


@dataclass(frozen=True)
class Outcome(Generic[Id]):
    """Everybody is in exactly one of `pairs`, `trio` and `left`, each sorted. A trio weighs the sum of its three pairs."""

    pairs: tuple[tuple[Id, Id], ...]
    trio: tuple[Id, Id, Id] | None
    left: tuple[Id, ...]
    weight: int
    way: Way


@dataclass(frozen=True)
class _Found:
    """Pairs and a trio by places in the shuffled order, and what they weigh."""

    pairs: tuple[tuple[int, int], ...]
    weight: int
    trio: tuple[int, int, int] | None = None

    @property
    def placed(self) -> int:
        return 2 * len(self.pairs) + (3 if self.trio else 0)

    @property
    def rank(self) -> tuple[int, int]:
        """What is compared: more people with a partner first, then the weight."""
        return self.placed, self.weight


def shuffled(ids: Iterable[Id], seed: int) -> list[Id]:
    """The ids in an order that follows from them and the seed alone. Each counts once."""
    order = sorted(set(ids))
    random.Random(seed).shuffle(order)  # noqa: S311 (the same seed must give the same order)
    return order


def solve(*, ids: Collection[Id], edges: Iterable[tuple[Id, Id, int]], seed: int) -> Outcome[Id]:
    """Pair these people. `edges` are the two who may meet and what that weighs, an integer above zero.

    Raises ValueError for an edge that names a stranger, a person twice, or no positive integer.
    """
    order = shuffled(ids, seed)
    rounds = _Search(len(order), _placed(order, edges))
    found, way = rounds.best()
    return _named(order, found, way)


class _Search:
    """One round by places in the shuffled order, so that ties fall as the shuffle has it."""

    def __init__(self, size: int, weights: dict[tuple[int, int], int]) -> None:
        self.size, self.weights = size, weights
        self.near: list[set[int]] = [set() for _ in range(size)]
        for one, other in weights:
            self.near[one].add(other)
            self.near[other].add(one)
        self.graph = _graph(size, weights)

    def best(self) -> tuple[_Found, Way]:
        """The best pairs; when they leave somebody over, the best solution with a trio that leaves fewer.

        With a trio an odd number of people has a partner, without one an even number: the two never tie.
        """
        pairs = self.pairs_without(())
        if pairs.placed == self.size:
            return pairs, Way.PAIRS
        if self.size <= EVERY_TRIPLE_UP_TO:
            tried, way = self.every_triple(pairs.placed), Way.EVERY_TRIPLE
        elif self.size <= EVERY_THIRD_UP_TO:
            tried, way = self.every_third(pairs.placed), Way.EVERY_THIRD
        else:
            tried, way = self.attached(pairs), Way.ATTACHED
        return max((pairs, *tried), key=lambda found: found.rank), way

    def pairs_without(self, out: Sequence[int]) -> _Found:
        """The best pairs of all but these few: as many as can be, then the greatest weight."""
        # Not at the top: it brings numpy, some 30 MB that web workers would carry for a round a month.
        from rustworkx import max_weight_matching

        graph = self.graph
        if out:
            graph = graph.copy()
            graph.remove_nodes_from(list(out))
        matched = max_weight_matching(graph, max_cardinality=True, weight_fn=int)
        pairs = tuple(sorted((min(pair), max(pair)) for pair in matched))
        return _Found(pairs, sum(self.weights[pair] for pair in pairs))

    def every_triple(self, least: int) -> Iterator[_Found]:
        """Each three who may all meet, with the best pairs of the rest; only what places more than `least` people."""
        for trio in self.triples():
            rest = self.pairs_without(trio)
            if rest.placed + 3 > least:
                yield _Found(rest.pairs, rest.weight + self.weight_of(trio), trio)

    def every_third(self, least: int) -> Iterator[_Found]:
        """For each person the best pairs of the rest, with them as the third of the pair where they weigh most."""
        for third in range(self.size):
            if len(self.near[third]) > 1:
                rest = self.pairs_without((third,))
                if rest.placed + 1 > least:
                    yield from self.with_third(rest, third)

    def attached(self, pairs: _Found) -> Iterator[_Found]:
        """Each who is left over, as the third of the pair where they weigh most."""
        there = {place for pair in pairs.pairs for place in pair}
        for third in range(self.size):
            if third not in there:
                yield from self.with_third(pairs, third)

    def with_third(self, found: _Found, third: int) -> Iterator[_Found]:
        """The same pairs, one of them with this third; nothing where all three of none may meet."""
        near = self.near[third]
        open_ = [pair for pair in found.pairs if pair[0] in near and pair[1] in near]
        if open_:
            pair = max(open_, key=lambda pair: self.more(pair, third))
            rest = tuple(other for other in found.pairs if other != pair)
            trio = _sorted(*pair, third)
            yield _Found(rest, found.weight + self.more(pair, third), trio)

    def triples(self) -> Iterator[tuple[int, int, int]]:
        """Each three of whom each may meet each."""
        for one in range(self.size):
            later = sorted(other for other in self.near[one] if other > one)
            for second, third in combinations(later, 2):
                if third in self.near[second]:
                    yield one, second, third

    def more(self, pair: tuple[int, int], third: int) -> int:
        """What a third adds to the weight of a pair."""
        return sum(self.weights[min(one, third), max(one, third)] for one in pair)

    def weight_of(self, trio: tuple[int, int, int]) -> int:
        """The sum of its three pairs."""
        return sum(self.weights[pair] for pair in combinations(trio, 2))


def _graph(size: int, weights: dict[tuple[int, int], int]) -> PyGraph[int, int]:
    # Not at the top, for the same reason as above.
    from rustworkx import PyGraph

    graph: PyGraph[int, int] = PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from([(*pair, weights[pair]) for pair in sorted(weights)])
    return graph


def _placed(order: Sequence[Id], edges: Iterable[tuple[Id, Id, int]]) -> dict[tuple[int, int], int]:
    """The edges by places in the order. Of one that is named twice the greater weight counts."""
    place = {person: at for at, person in enumerate(order)}
    found: dict[tuple[int, int], int] = {}
    for one, other, weight in edges:
        if one == other or one not in place or other not in place:
            raise ValueError("An edge joins two different people of the round.")
        if type(weight) is not int or weight < 1:
            raise ValueError("An edge weighs an integer above zero.")
        first, second = place[one], place[other]
        pair = (first, second) if first < second else (second, first)
        if weight > found.get(pair, 0):
            found[pair] = weight
    return found


def _named(order: Sequence[Id], found: _Found, way: Way) -> Outcome[Id]:
    def pair_of(pair: tuple[int, int]) -> tuple[Id, Id]:
        one, other = sorted(order[place] for place in pair)
        return one, other

    trio = _sorted(*(order[place] for place in found.trio)) if found.trio else None
    there = {place for pair in found.pairs for place in pair} | set(found.trio or ())
    left = sorted(person for place, person in enumerate(order) if place not in there)
    return Outcome(
        pairs=tuple(sorted(map(pair_of, found.pairs))),
        trio=trio,
        left=tuple(left),
        weight=found.weight,
        way=way,
    )


def _sorted(one: Id, second: Id, third: Id) -> tuple[Id, Id, Id]:
    first, middle, last = sorted((one, second, third))
    return first, middle, last
