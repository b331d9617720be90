"""The drawing: one `<path>` for each area, pattern as well as color for each grade, no word that needs translating.

A file of its own, made of whole numbers and escaped labels only. It carries the rules of `static/css/drawing.css`
inside, so that it follows the theme as a picture too; the page around it gives the text alternative.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from curriculum.redlining.geojson import Area, MapReading
from curriculum.redlining.projection import XY, Box, Projection, reading_order
from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.simplify import weigh, whole_numbers

MOST_COMPRESSED = 30_000  # bytes of the drawing, gzipped
#: Least weight of a point in square units: from below one pixel on any screen to a coarse sketch.
COARSENESS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
LONGEST_TITLE = 80
SMALLEST = 3  # half the width of the mark that stands for an area too small to draw

#: What fills a tile of 20 by 20 units: read without color: dots, stripes, net, bars.
TILE = 20
MARKS = {
    "A": '<circle class="map-mark map-dot" cx="5" cy="5" r="2.5"/><circle class="map-mark map-dot" cx="15" cy="15" r="2.5"/>',
    "B": '<path class="map-mark" d="M-5 5 5-5M0 20 20 0M15 25 25 15"/>',
    "C": '<path class="map-mark" d="M-5 5 5-5M0 20 20 0M15 25 25 15M-5 15 5 25M0 0 20 20M15-5 25 5"/>',
    "D": '<path class="map-mark map-bar" d="M0 2.5H20M0 7.5H20M0 12.5H20M0 17.5H20"/>',
}


def _style() -> str:
    """The rules of the drawing without comments and needless blanks."""
    text = (settings.ROOT / "static" / "css" / "drawing.css").read_text(encoding="utf-8")
    text = " ".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split())
    return re.sub(r"\s*([{};,])\s*|(:)\s+", r"\1\2", text)


STYLE = _style()


@dataclass(frozen=True, slots=True)
class Drawing:
    """The finished picture, also `packed` by gzip. `areas` are in reading order; `data-area` counts them from 0."""

    svg: str
    packed: bytes
    sha256: str
    width: int
    height: int
    areas: tuple[Area, ...]

    @property
    def compressed(self) -> int:
        """Bytes on the wire."""
        return len(self.packed)


@dataclass(frozen=True, slots=True)
class _Outline:
    """The rings of an area in drawing units, weighed for simplification."""

    area: Area
    rings: tuple[tuple[list[XY], list[float]], ...]
    box: Box


def draw(reading: MapReading) -> Drawing:
    """Draw the map as finely as its size allows. Raises MapRefused when even a sketch stays too large."""
    everything = [p for area in reading.areas for polygon in area.polygons for p in polygon[0]]
    projection = Projection.around(everything)
    outlines = [_outline(area, projection) for area in reading.areas]
    ordered = [outlines[index] for index in reading_order([outline.box for outline in outlines])]
    for least in COARSENESS:
        svg = _picture(ordered, projection, least)
        packed = gzip.compress(svg.encode(), mtime=0)
        if len(packed) <= MOST_COMPRESSED:
            return Drawing(
                svg=svg,
                packed=packed,
                sha256=hashlib.sha256(svg.encode()).hexdigest(),
                width=projection.width,
                height=projection.height,
                areas=tuple(outline.area for outline in ordered),
            )
    reason = _(
        "its %(count)s areas do not fit into a drawing of 30 KB. Save one city as a file of its own."
    )
    raise MapRefused(reading.file_name, reason % {"count": len(ordered)})


def swatch(grade: str) -> str:
    """A small picture of one grade's pattern for the legend; the word stands beside it."""
    name = f"map-swatch-{grade.lower()}"
    return (
        f'<svg class="map-swatch" viewBox="0 0 40 28" aria-hidden="true" focusable="false">'
        f"<defs>{_pattern(grade, name)}</defs>"
        f'<rect class="map-swatch-face" x="1" y="1" width="38" height="26" rx="4" fill="url(#{name})"/></svg>'
    )


def _outline(area: Area, projection: Projection) -> _Outline:
    rings = [
        [projection(point) for point in ring[:-1]] for polygon in area.polygons for ring in polygon
    ]
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    return _Outline(area, tuple((ring, weigh(ring)) for ring in rings), box)


def _picture(outlines: Sequence[_Outline], projection: Projection, least: float) -> str:
    patterns = "".join(_pattern(grade, f"map-grade-{grade.lower()}") for grade in MARKS)
    paths = "\n".join(_path(outline, index, least) for index, outline in enumerate(outlines))
    size = f'width="{projection.width}" height="{projection.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map-drawing" '
        f'viewBox="0 0 {projection.width} {projection.height}"><style>{STYLE}</style>'
        f'<defs>{patterns}</defs><rect class="map-water" {size}/>'
        f'<g class="map-areas" fill-rule="evenodd">\n{paths}\n</g></svg>'
    )


def _pattern(grade: str, name: str) -> str:
    return (
        f'<pattern id="{name}" data-grade="{grade}" width="{TILE}" height="{TILE}" '
        f'patternUnits="userSpaceOnUse"><rect class="map-ground" width="{TILE}" height="{TILE}"/>'
        f"{MARKS[grade]}</pattern>"
    )


def _path(outline: _Outline, index: int, least: float) -> str:
    grade = outline.area.grade
    return (
        f'<path data-area="{index}" data-grade="{grade}" '
        f'fill="url(#map-grade-{grade.lower()})" d="{_shape(outline, least)}">'
        f"<title>{escape(_title(outline.area))}</title></path>"
    )


def _title(area: Area) -> str:
    """Label and name. Where the source has neither, the grade in parentheses, as no label printed on the map."""
    words = ", ".join(part for part in (area.label, area.name) if part) or f"({area.grade})"
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"


def _shape(outline: _Outline, least: float) -> str:
    rings = [whole_numbers(ring, weights, least) for ring, weights in outline.rings]
    shape = "".join(ring_path(ring) for ring in rings if ring)
    if shape:
        return shape
    left, top, right, bottom = outline.box
    x, y = round((left + right) / 2), round((top + bottom) / 2)
    return f"M{x - SMALLEST} {y}l{SMALLEST}-{SMALLEST} {SMALLEST} {SMALLEST}-{SMALLEST} {SMALLEST}z"


def ring_path(points: list[tuple[int, int]]) -> str:
    """One closed ring: its first point absolute, then steps, written without blanks that a minus sign makes needless."""
    (x, y), steps = points[0], []
    for to_x, to_y in points[1:]:
        steps += [to_x - x, to_y - y]
        x, y = to_x, to_y
    text = "".join(f" {step}" if step >= 0 else str(step) for step in steps).lstrip()
    return f"M{points[0][0]} {points[0][1]}l{text}z"
