"""From degrees to the whole numbers of the drawing, and the order in which a reader meets the areas.

Equirectangular, scaled by the cosine of the middle latitude: over one city the error is far below a line's width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from curriculum.redlining.rings import Point

WIDTH = 1000  # units of the drawing; a tall city is narrower instead of taller than TALLEST
TALLEST = 1500
MARGIN = 10

XY = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Projection:
    """Turns longitude and latitude into the drawing's units, y growing downward."""

    west: float
    north: float
    squeeze: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, points: Iterable[Point]) -> Projection:
        """The projection that fits all of these points into the drawing."""
        longitudes, latitudes = zip(*points, strict=True)
        west, east, south, north = (
            min(longitudes),
            max(longitudes),
            min(latitudes),
            max(latitudes),
        )
        squeeze = max(math.cos(math.radians((south + north) / 2)), 0.01)
        across, down = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
        scale = min((WIDTH - 2 * MARGIN) / across, (TALLEST - 2 * MARGIN) / down)
        width, height = (round(length * scale) + 2 * MARGIN for length in (across, down))
        return cls(west, north, squeeze, scale, width, height)

    def __call__(self, point: Point) -> XY:
        """The place of one point in the drawing."""
        x = (point[0] - self.west) * self.squeeze * self.scale + MARGIN
        return x, (self.north - point[1]) * self.scale + MARGIN


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """The indexes of the boxes from top to bottom in rows, each row from left to right. A row is as high as a typical area."""
    if not boxes:
        return []
    row = max(median(bottom - top for _left, top, _right, bottom in boxes), 1.0)

    def place(index: int) -> tuple[int, float, float, int]:
        left, top, right, bottom = boxes[index]
        return int((top + bottom) / 2 / row), left + right, top + bottom, index

    return sorted(range(len(boxes)), key=place)
