"""A second layer of a map: the same areas, drawn by how high a figure of today is in each.

Three or four classes with as many figures each, told apart by hatch. The outlines are those of the map's own drawing,
three times as coarse: this one stands in the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.translation import gettext as _

from curriculum.charts.marks import HATCHES, color
from curriculum.redlining.svg import ring_path

COARSER = 3
LARGEST = 24_000  # letters of outlines in a lesson; a map of more has its table alone
MOST_LABELS = 40
COLOR = color(3)
#: From few marks to many.
STEPS = (HATCHES[2], HATCHES[1], HATCHES[4], HATCHES[0])
OUTLINE = re.compile(r'<path data-area="([0-9]+)"[^<>]* d="([^"]*)"')

Ring = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """One class: its number from 0 on, its word, its least and its highest figure."""

    number: int
    word: str
    least: Decimal
    most: Decimal


def steps_of(figures: Mapping[int, Decimal]) -> tuple[dict[int, int], list[Step]]:
    """The class of each area and the classes; none where fewer than three figures differ."""
    different = len(set(figures.values()))
    count = 4 if different >= 8 else 3
    if different < 3:
        return {}, []
    ordered = sorted(figures.values())
    found = {area: ordered.index(value) * count // len(ordered) for area, value in figures.items()}
    words = _words(count)
    steps = []
    for number in sorted(set(found.values())):
        inside = [figures[area] for area, step in found.items() if step == number]
        steps.append(Step(number, words[number], min(inside), max(inside)))
    return found, steps


def _words(count: int) -> tuple[str, ...]:
    if count == 4:
        return _("lowest"), _("lower middle"), _("upper middle"), _("highest")
    return _("lowest"), _("middle"), _("highest")


def hatch_of(number: int, name: str) -> str:
    """The pattern of a class."""
    return (
        f'<pattern id="{name}-l{number}" class="fig-hatch {COLOR}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="fig-ground" width="8" height="8"/>{STEPS[number]}</pattern>'
    )


def swatch(step: int | None, name: str) -> str:
    """A small piece of a class's pattern for the legend; of None, of an area without a figure."""
    kind, fill = ("layer-area layer-none", "") if step is None else ("layer-area", f' fill="url(#{name}-l{step})"')  # fmt: skip
    return f'<svg class="layer-swatch" viewBox="0 0 40 28" aria-hidden="true" focusable="false"><rect class="{kind}"{fill} x="1" y="1" width="38" height="26"/></svg>'


def draw_layer(
    drawing: str,
    size: tuple[int, int],
    classes: Mapping[int, int],
    labels: Sequence[str],
    name: str,
) -> str:
    """The areas by class, with their labels while these are few; empty when the map has too many outlines."""
    numbers = sorted(set(classes.values()))
    outlines = list(_outlines(drawing))
    paths = "".join(_area(area, rings, classes.get(area), name) for area, rings in outlines)
    if not paths or len(paths) > LARGEST:
        return ""
    words = (
        ""
        if len(outlines) > MOST_LABELS
        else "".join(
            _label(rings, labels[area])
            for area, rings in outlines
            if area < len(labels) and labels[area]
        )
    )
    width, height = (round(length / COARSER) for length in size)
    hatches = "".join(hatch_of(number, name) for number in numbers)
    return (
        f'<svg class="layer-svg" role="img" aria-labelledby="{name}-layer" viewBox="0 0 {width} {height}">'
        f'<defs>{hatches}</defs><g fill-rule="evenodd">{paths}</g>{words}</svg>'
    )  # fmt: skip


def _outlines(drawing: str) -> Iterator[tuple[int, list[Ring]]]:
    for area, shape in OUTLINE.findall(drawing):
        rings = [_coarser(ring) for ring in shape.split("z") if ring]
        yield int(area), [ring for ring in rings if len(ring) > 2] or rings[:1]


def _coarser(ring: str) -> Ring:
    """The corners of a ring as they are written, a first point and steps from it, on a coarser grid."""
    numbers = [int(number) for number in re.findall(r"-?[0-9]+", ring)]
    x = y = 0
    points: Ring = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=False):
        x, y = x + step_x, y + step_y
        point = (round(x / COARSER), round(y / COARSER))
        if not points or points[-1] != point:
            points.append(point)
    return points


def _area(area: int, rings: list[Ring], step: int | None, name: str) -> str:
    shape = "".join(ring_path(ring) for ring in rings if len(ring) > 1)
    if step is None:
        return f'<path class="layer-area layer-none" d="{shape}"/>'
    return f'<path class="layer-area" fill="url(#{name}-l{step})" d="{shape}"/>'


def _label(rings: list[Ring], words: str) -> str:
    ring = max(rings, key=len)
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    x, y = (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2 + 5
    return f'<text x="{x}" y="{y}">{escape(words)}</text>'
