"""The outlines of one feature after the other, with one allowance of points and of work for a whole file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from curriculum.redlining import rings
from curriculum.redlining.holes import HoleCheck
from curriculum.redlining.refusal import Flaw

MOST_POINTS = 100_000


class Geometry:
    """Reads and checks the geometry of the features of one file."""

    def __init__(self) -> None:
        self.points = 0
        self.crossings = rings.CrossingCheck()
        self.holes = HoleCheck()

    def polygons(self, geometry: Any) -> tuple[rings.Polygon, ...]:
        """The polygons of a geometry. Raises Flaw."""
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in ("Polygon", "MultiPolygon"):
            raise Flaw(_("has no Polygon or MultiPolygon as its geometry."))
        parts = geometry.get("coordinates")
        parts = [parts] if kind == "Polygon" else parts
        if not isinstance(parts, list) or not parts:
            raise Flaw(_("has no coordinates."))
        read = [list(self._rings(part)) for part in parts]
        polygons = tuple(tuple(ring for ring in part if ring) for part in read if part[0])
        if not polygons:
            raise Flaw(_("has an outline that encloses nothing: its points lie on one line."))
        rings.check_date_line(point for polygon in polygons for ring in polygon for point in ring)
        for polygon in polygons:
            self.crossings.check(polygon)
            self.holes.check(polygon)
        return polygons

    def _rings(self, part: Any) -> Iterator[rings.Ring]:
        if not isinstance(part, list) or not part:
            raise Flaw(_("has no coordinates."))
        for ring in part:
            if not isinstance(ring, list):
                raise Flaw(_("has coordinates that are no pairs of numbers."))
            self.points += len(ring)
            if self.points > MOST_POINTS:
                raise Flaw(_("is past the limit of 100 000 points a file. Simplify the outlines."))
            yield rings.closed_ring([_point(position) for position in ring])


def _point(position: Any) -> rings.Point:
    if not isinstance(position, list) or len(position) < 2:
        raise Flaw(_("has coordinates that are no pairs of numbers."))
    lng, lat = (_degrees(number) for number in position[:2])
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise Flaw(
            _(
                "has a point at %(lng)s, %(lat)s, which is nowhere on Earth. Coordinates are longitude "
                "and latitude in degrees (WGS 84)."
            )
            % {"lng": f"{lng:g}", "lat": f"{lat:g}"}
        )
    return lng, lat


def _degrees(number: Any) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Flaw(_("has coordinates that are no pairs of numbers."))
    try:
        degrees = float(number)
    except OverflowError:
        degrees = math.inf
    if not math.isfinite(degrees):
        raise Flaw(_("has a coordinate that is too large to be a number."))
    return degrees
