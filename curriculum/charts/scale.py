"""From figures to places in a drawing: round marks on the axis, and names that do not stand upon each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis that begins and ends at a round figure."""

    ticks: tuple[Decimal, ...]

    def share(self, value: Decimal) -> float:
        """Where a figure lies between the first mark (0) and the last (1)."""
        return float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))


def scale_of(values: Sequence[Decimal], *, from_zero: bool, parts: int = 4) -> Scale:
    """The scale that holds all of these figures, in about so many parts."""
    least = min([*values, Decimal(0)]) if from_zero else min(values)
    most = max([*values, Decimal(0)]) if from_zero else max(values)
    if least == most:
        least, most = min(least, Decimal(0)), max(most, least + 1)
    step = _step((most - least) / parts)
    first = math.floor(least / step)
    last = max(math.ceil(most / step), first + 1)
    return Scale(tuple(step * number for number in range(first, last + 1)))


def _step(rough: Decimal) -> Decimal:
    power = Decimal(10) ** rough.adjusted()
    return next((step * power for step in STEPS if step * power >= rough), 10 * power)


def spread(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> list[float]:
    """The tops of names as near to where they are wanted as their heights allow, none above 0 or, if they fit, below `bottom`."""
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    tops = [0.0] * len(wanted)
    free = 0.0
    for one in order:
        tops[one] = max(wanted[one], free)
        free = tops[one] + heights[one]
    limit = max(bottom, sum(heights))
    for one in reversed(order):
        tops[one] = min(tops[one], limit - heights[one])
        limit = tops[one]
    return tops


def thinned(places: Sequence[float], gap: float) -> list[int]:
    """Which of the places on an axis get words: the first, the last, and what fits between them."""
    if len(places) < 2:
        return list(range(len(places)))
    kept, last = [0], len(places) - 1
    for one in range(1, last):
        if places[one] - places[kept[-1]] >= gap and places[last] - places[one] >= gap:
            kept.append(one)
    return [*kept, last]
