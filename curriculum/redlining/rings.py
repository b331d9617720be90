"""Outlines and holes: closed rings of longitude and latitude, checked in bounded time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from curriculum.redlining.refusal import Flaw

Point = tuple[float, float]  # longitude and latitude in degrees
Ring = tuple[Point, ...]  # closed: the first point is also the last
Polygon = tuple[Ring, ...]  # the outline, then its holes

EARTH_RADIUS_KM = 6371.0088
GRAIN = 10_000_000  # whole numbers of 1/GRAIN degree (about a centimeter), so that turns are computed exactly
#: Digitized outlines cross themselves by a meter where coordinates were rounded; two meters are let pass.
OVERSHOOT = 200
#: Pairs of sides compared in one file. The largest real city needs 27 000; a file made to be slow stops here.
MOST_COMPARISONS = 1_000_000

Side = tuple[int, int, int, int, int, int]  # west, east, then the two ends


class CrossingCheck:
    """Looks for outlines and holes that cross themselves or each other, with one allowance of work for a whole file."""

    def __init__(self, allowance: int = MOST_COMPARISONS) -> None:
        self.left = allowance

    def check(self, polygon: Polygon) -> None:
        """Raise Flaw when two sides cross. A sweep from west to east: only sides side by side are compared."""
        active: list[tuple[Side, int]] = []
        sides = ((side, number) for number, ring in enumerate(polygon) for side in sides_of(ring))
        for side, number in sorted(sides):
            active = [other for other in active if other[0][1] >= side[0]]
            self.left -= len(active) + 1
            if self.left < 0:
                raise Flaw(
                    _("has outlines too tangled to be checked. Simplify them in a map editor.")
                )
            for other, other_number in active:
                if crossing := _crossing(side, other):
                    raise Flaw(_crossed(crossing, number, other_number))
            active.append((side, number))


def _crossed(crossing: Point, one: int, other: int) -> str:
    """What is wrong when rings `one` and `other` of a polygon (0 is the outline) cross here."""
    if one == other:
        sentence = _(
            "has an outline that crosses itself near longitude %(lng)s, latitude %(lat)s. "
            "Mend it in a map editor."
        )
    elif one and other:
        sentence = _(
            "has two holes that cross each other near longitude %(lng)s, latitude %(lat)s. "
            "Mend them in a map editor."
        )
    else:
        sentence = _(
            "has a hole that crosses its outline near longitude %(lng)s, latitude %(lat)s. "
            "Mend it in a map editor."
        )
    return sentence % {"lng": f"{crossing[0]:.4f}", "lat": f"{crossing[1]:.4f}"}


def closed_ring(points: Sequence[Point]) -> Ring:
    """The ring without doubled points, closed if it was not. Raises Flaw when fewer than four points are written.

    Empty where the points fall together or lie on one line: rounded files hold such slivers (Chicago's does), and
    they enclose nothing that could be drawn.
    """
    closing = points[:1] if points and points[0] != points[-1] else []
    written = [*points, *closing]
    if len(written) < 4:
        raise Flaw(_("has a ring of fewer than four points, which encloses nothing."))
    kept = [point for point, next_point in pairwise(written) if point != next_point]
    kept += written[-1:]
    return tuple(kept) if len(kept) >= 4 and _encloses(kept) else ()


def check_date_line(points: Iterable[Point]) -> None:
    """Raise Flaw when these points of one area span more than half of the globe."""
    longitudes = [lng for lng, _lat in points]
    if max(longitudes) - min(longitudes) > 180:
        raise Flaw(_("reaches over the date line (180 degrees), which this map cannot draw."))


def area_km2(polygons: Iterable[Polygon]) -> float:
    """Area on a sphere in square kilometers, holes taken out."""
    total = 0.0
    for outline, *holes in polygons:
        total += ring_km2(outline) - sum(ring_km2(hole) for hole in holes)
    return max(total, 0.0)


def ring_km2(ring: Ring) -> float:
    """Area inside one ring on a sphere in square kilometers."""
    total = 0.0
    for (lng1, lat1), (lng2, lat2) in pairwise(ring):
        height = 2 + math.sin(math.radians(lat1)) + math.sin(math.radians(lat2))
        total += math.radians(lng2 - lng1) * height
    return abs(total) * EARTH_RADIUS_KM**2 / 2


def _encloses(ring: Sequence[Point]) -> bool:
    """Whether the points do not all lie on one line."""
    (x0, y0), grid = grain(ring[0]), [grain(point) for point in ring]
    far = max(grid, key=lambda p: (p[0] - x0) ** 2 + (p[1] - y0) ** 2)
    return any(_turn(x0, y0, far[0], far[1], x, y) for x, y in grid)


def grain(point: Point) -> tuple[int, int]:
    """The point in whole numbers of 1/GRAIN degree."""
    return round(point[0] * GRAIN), round(point[1] * GRAIN)


def sides_of(ring: Ring) -> list[Side]:
    """The sides in grains, those without length left out."""
    grid = [grain(point) for point in ring]
    return [
        (min(x1, x2), max(x1, x2), x1, y1, x2, y2)
        for (x1, y1), (x2, y2) in pairwise(grid)
        if (x1, y1) != (x2, y2)
    ]


def _turn(x1: int, y1: int, x2: int, y2: int, x: int, y: int) -> int:
    """Twice the area of the triangle of a side and a point; its sign says on which side the point lies."""
    return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)


def _crossing(one: Side, other: Side) -> Point | None:
    """Where two sides cross by more than OVERSHOOT. Sides that only touch or lie upon each other do not cross."""
    _w1, _e1, ax, ay, bx, by = one
    _w2, _e2, cx, cy, dx, dy = other
    if (ay < cy and ay < dy and by < cy and by < dy) or (
        ay > cy and ay > dy and by > cy and by > dy
    ):
        return None  # one lies south of the other
    to_c, to_d = _turn(ax, ay, bx, by, cx, cy), _turn(ax, ay, bx, by, dx, dy)
    to_a, to_b = _turn(cx, cy, dx, dy, ax, ay), _turn(cx, cy, dx, dy, bx, by)
    if (to_c >= 0) == (to_d >= 0) or (to_a >= 0) == (to_b >= 0):
        return None
    deep_one = min(abs(to_c), abs(to_d)) / math.hypot(bx - ax, by - ay)
    deep_other = min(abs(to_a), abs(to_b)) / math.hypot(dx - cx, dy - cy)
    if min(deep_one, deep_other) <= OVERSHOOT:
        return None
    share = to_a / (to_a - to_b)
    return (ax + (bx - ax) * share) / GRAIN, (ay + (by - ay) * share) / GRAIN
