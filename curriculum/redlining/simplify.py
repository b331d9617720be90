"""Fewer points for the same picture: Visvalingam and Whyatt's way, in n log n steps whatever the outline.

Each point is weighed by the triangle it makes with its neighbors; the lightest goes first. The weights are found once,
so that trying a coarser drawing costs a comparison for each point.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import pairwise

XY = tuple[float, float]
FEWEST = 3  # a triangle always stays


def weigh(ring: Sequence[XY]) -> list[float]:
    """The weight of each point of a closed ring given without its last, repeated point, in square units."""
    count = len(ring)
    weights = [float("inf")] * count
    before, after = [(i - 1) % count for i in range(count)], [(i + 1) % count for i in range(count)]
    current = [_triangle(ring[before[i]], ring[i], ring[after[i]]) for i in range(count)]
    heap = [(weight, i) for i, weight in enumerate(current)]
    heapq.heapify(heap)
    left, heaviest = count, 0.0
    while heap and left > FEWEST:
        weight, i = heapq.heappop(heap)
        if weights[i] != float("inf") or weight != current[i]:
            continue  # gone already, or weighed anew since
        heaviest = max(heaviest, weight)
        weights[i], left = heaviest, left - 1
        one, other = before[i], after[i]
        after[one], before[other] = other, one
        for j in (one, other):
            current[j] = _triangle(ring[before[j]], ring[j], ring[after[j]])
            heapq.heappush(heap, (current[j], j))
    return weights


def whole_numbers(
    ring: Sequence[XY], weights: Sequence[float], least: float
) -> list[tuple[int, int]]:
    """The points that weigh at least `least`, as whole numbers without neighbors that fall together; empty if too few."""
    kept = [
        (round(x), round(y))
        for (x, y), weight in zip(ring, weights, strict=True)
        if weight >= least
    ]
    kept = [
        point
        for point, previous in zip(kept, [*kept[-1:], *kept[:-1]], strict=True)
        if point != previous
    ]
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*kept, *kept[:1]]))
    return kept if len(kept) >= FEWEST and area else []


def _triangle(a: XY, b: XY, c: XY) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
