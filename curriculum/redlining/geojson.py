"""Reads a redlining map from GeoJSON in Mapping Inequality's format, or refuses it with a sentence.

A feature without any grade is left out and counted: the official files hold parks, industry and water beside the
graded areas, and a grade must never be guessed. A file in which no feature has a grade is refused by name (outlines
of urban renewal, for one), and so is a grade other than A to D, which is more likely a mistake than a blank.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from curriculum.redlining import rings
from curriculum.redlining.place import Place, place_of
from curriculum.redlining.refusal import Flaw, MapRefused
from curriculum.redlining.words import Remark, plain_text, remarks_of

__all__ = ["GRADES", "Area", "MapReading", "MapRefused", "Place", "read_map", "read_map_bytes"]

GRADES = ("A", "B", "C", "D")
MOST_BYTES = 20_000_000
MOST_POINTS = 100_000
WIDEST_CITY = 5.0  # degrees; a stray point would otherwise shrink the whole city to a dot
LONGEST_LABEL, LONGEST_NAME, LONGEST_CREDIT = 40, 200, 1_000


@dataclass(frozen=True, slots=True)
class Area:
    """One graded area as the file tells it. `polygons` are in degrees, every ring closed."""

    label: str
    grade: str
    name: str
    remarks: tuple[Remark, ...]
    polygons: tuple[rings.Polygon, ...]
    area_km2: float


@dataclass(frozen=True, slots=True)
class MapReading:
    """A whole file, checked. `ungraded` counts the features that were left out because they carry no grade."""

    file_name: str
    source_sha256: str
    place: Place
    invented: bool
    credit: str
    areas: tuple[Area, ...]
    ungraded: int

    @property
    def counts(self) -> dict[str, int]:
        """Number of areas by grade, all four grades named."""
        found = Counter(area.grade for area in self.areas)
        return {grade: found[grade] for grade in GRADES}


def read_map(path: Path, given: Place | None = None) -> MapReading:
    """Read and check the file at `path`. What `given` names wins over the file's words. Raises MapRefused."""
    try:
        with path.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as problem:
        reason = _("it cannot be read (%(problem)s).") % {"problem": problem.strerror or problem}
        raise MapRefused(path.name, reason) from problem
    return read_map_bytes(data, path.name, given)


def read_map_bytes(data: bytes, file_name: str, given: Place | None = None) -> MapReading:
    """Read and check the content of a file. Raises MapRefused."""
    collection = _parsed(data, file_name)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise MapRefused(file_name, _("it is no GeoJSON FeatureCollection."))
    if not features:
        raise MapRefused(file_name, _("it has no features."))
    graded: list[tuple[str, str, dict[str, Any]]] = []
    for number, feature in enumerate(features, start=1):
        found = _grade_of(feature, number, file_name)
        if found:
            graded.append((_called(feature, number), found, feature))
    if not graded:
        reason = _(
            "none of its %(count)s features has a grade (A to D), so it is no redlining map."
        )
        raise MapRefused(file_name, reason % {"count": len(features)})
    properties = [feature["properties"] for _called_so, _grade, feature in graded]
    place = place_of(file_name, collection, properties, given or Place())
    return MapReading(
        file_name=file_name,
        source_sha256=hashlib.sha256(data).hexdigest(),
        place=place,
        invented=collection.get("invented") is True,
        credit=plain_text(
            collection.get("credit") or collection.get("attribution"), LONGEST_CREDIT
        ),
        areas=_areas(graded, file_name),
        ungraded=len(features) - len(graded),
    )


def _parsed(data: bytes, file_name: str) -> Any:
    if len(data) > MOST_BYTES:
        raise MapRefused(
            file_name, _("it is larger than 20 MB. Save one city as a file of its own.")
        )
    if not data.strip():
        raise MapRefused(file_name, _("it is empty."))
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except Flaw as flaw:
        raise MapRefused(file_name, str(flaw)) from None
    except RecursionError:
        raise MapRefused(file_name, _("it is nested too deeply to be a map.")) from None
    except UnicodeDecodeError:
        raise MapRefused(file_name, _("it is no text in UTF-8, so it is no GeoJSON.")) from None
    except json.JSONDecodeError as problem:
        where = {"line": problem.lineno, "column": problem.colno}
        reason = _("it is no JSON (the mistake is in line %(line)s, column %(column)s).")
        raise MapRefused(file_name, reason % where) from None
    except ValueError:  # a whole number of thousands of digits
        raise MapRefused(file_name, _("it holds a number that is too long.")) from None


def _no_number(constant: str) -> NoReturn:
    raise Flaw(_("it holds %(constant)s, which is no number in JSON.") % {"constant": constant})


def _called(feature: dict[str, Any], number: int) -> str:
    """How a sentence names the feature: its place in the file, and its label if it has one."""
    label = _label(feature["properties"])
    if label:
        return _("feature %(number)s (%(label)s)") % {"number": number, "label": label}
    return _("feature %(number)s") % {"number": number}


def _label(properties: dict[str, Any]) -> str:
    return plain_text(properties.get("holc_id") or properties.get("label"), LONGEST_LABEL)


def _grade_of(feature: Any, number: int, file_name: str) -> str:
    """The grade of a feature, empty where it has none."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        named = _("feature %(number)s") % {"number": number}
        raise MapRefused(file_name, _("is no GeoJSON Feature."), named)
    if not isinstance(properties, dict):
        return ""
    written = properties.get("grade")
    if written is None or written == "":
        written = properties.get("holc_grade")
    if written is None or (isinstance(written, str) and not written.strip()):
        return ""
    grade = plain_text(written, 20).upper()
    if not grade:
        reason = _("has a grade that is no letter. Grades are A, B, C and D.")
        raise MapRefused(file_name, reason, _called(feature, number))
    if grade not in GRADES:
        reason = _("has the grade “%(grade)s”. Grades are A, B, C and D.") % {"grade": grade}
        raise MapRefused(file_name, reason, _called(feature, number))
    return grade


def _areas(graded: list[tuple[str, str, dict[str, Any]]], file_name: str) -> tuple[Area, ...]:
    reader, areas = _Geometry(), []
    for called, grade, feature in graded:
        try:
            polygons = reader.polygons(feature.get("geometry"))
        except Flaw as flaw:
            raise MapRefused(file_name, str(flaw), called) from None
        properties = feature["properties"]
        areas.append(
            Area(
                label=_label(properties),
                grade=grade,
                name=plain_text(properties.get("name"), LONGEST_NAME),
                remarks=remarks_of(properties),
                polygons=polygons,
                area_km2=rings.area_km2(polygons),
            )
        )
    points = [point for area in areas for polygon in area.polygons for point in polygon[0]]
    for axis in zip(*points, strict=True):
        if max(axis) - min(axis) > WIDEST_CITY:
            raise MapRefused(file_name, _("its areas lie too far apart to be one city."))
    return tuple(areas)


class _Geometry:
    """Reads the geometry of one feature after the other, with one allowance of points and of work for all."""

    def __init__(self) -> None:
        self.points = 0
        self.crossings = rings.CrossingCheck()

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
            for ring in polygon:
                self.crossings.check(ring)
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
