"""Reads a redlining map from GeoJSON in Mapping Inequality's format, or refuses it with a sentence.

A feature without any grade is left out and counted: the official files hold parks, industry and water beside the
graded areas, and a grade must never be guessed. A file in which no feature has a grade is refused by name (outlines
of urban renewal, for one), and so is a grade other than A to D, which is more likely a mistake than a blank.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from curriculum.redlining import rings
from curriculum.redlining.credit import credit_of
from curriculum.redlining.feature import GRADES, called, grade_of, label_of
from curriculum.redlining.geometry import Geometry
from curriculum.redlining.parsing import MOST_BYTES, parsed
from curriculum.redlining.place import Place, place_of
from curriculum.redlining.refusal import Flaw, MapRefused
from curriculum.redlining.words import Remark, plain_text, remarks_of

__all__ = ["GRADES", "Area", "MapReading", "MapRefused", "Place", "read_map", "read_map_bytes"]

WIDEST_CITY = 5.0  # degrees; a stray point would otherwise shrink the whole city to a dot
LONGEST_NAME = 200

Graded = tuple[str, str, dict[str, Any]]  # how a sentence calls the feature, its grade, the feature


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
    """A whole file, checked. `ungraded` counts the features that were left out because they carry no grade.

    `stated` names the words that a person gave beside the file (`city`, `state`, `year`, `credit`, `invented`).
    """

    file_name: str
    source_sha256: str
    place: Place
    invented: bool
    credit: str
    areas: tuple[Area, ...]
    ungraded: int
    stated: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        """Number of areas by grade, all four grades named."""
        found = Counter(area.grade for area in self.areas)
        return {grade: found[grade] for grade in GRADES}


def read_map(path: Path, given: Place | None = None, credit: str = "") -> MapReading:
    """Read and check the file at `path`. What is `given` wins over the file's words. Raises MapRefused."""
    try:
        with path.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except OSError as problem:
        reason = _("it cannot be read (%(problem)s).") % {"problem": problem.strerror or problem}
        raise MapRefused(path.name, reason) from problem
    return read_map_bytes(data, path.name, given, credit)


def read_map_bytes(
    data: bytes,
    file_name: str,
    given: Place | None = None,
    credit: str = "",
    *,
    invented: bool = False,
) -> MapReading:
    """Read and check the content of a file. Raises MapRefused."""
    given, collection = given or Place(), parsed(data, file_name)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise MapRefused(file_name, _("it is no GeoJSON FeatureCollection."))
    graded = _graded(features, file_name)
    properties = [feature["properties"] for _called, _grade, feature in graded]
    is_invented = invented or collection.get("invented") is True
    words = {**asdict(given), "credit": credit, "invented": invented}
    return MapReading(
        file_name=file_name,
        source_sha256=hashlib.sha256(data).hexdigest(),
        place=place_of(file_name, collection, properties, given),
        invented=is_invented,
        credit=credit_of(collection, credit, invented=is_invented),
        areas=_areas(graded, file_name),
        ungraded=len(features) - len(graded),
        stated=frozenset(name for name, word in words.items() if word),
    )


def _graded(features: list[Any], file_name: str) -> list[Graded]:
    """The features with a grade. Raises MapRefused where there is none."""
    if not features:
        raise MapRefused(file_name, _("it has no features."))
    graded: list[Graded] = []
    for number, feature in enumerate(features, start=1):
        found = grade_of(feature, number, file_name)
        if found:
            graded.append((called(feature, number), found, feature))
    if not graded:
        reason = _(
            "none of its %(count)s features has a grade (A to D), so it is no redlining map."
        )
        raise MapRefused(file_name, reason % {"count": len(features)})
    return graded


def _areas(graded: list[Graded], file_name: str) -> tuple[Area, ...]:
    reader, areas = Geometry(), []
    for name, grade, feature in graded:
        try:
            polygons = reader.polygons(feature.get("geometry"))
        except Flaw as flaw:
            raise MapRefused(file_name, str(flaw), name) from None
        properties = feature["properties"]
        areas.append(
            Area(
                label=label_of(properties),
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
