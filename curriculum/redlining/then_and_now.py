"""A map of then beside figures of now: which row of a table belongs to which grade or area, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from curriculum.charts.cells import same
from curriculum.charts.numbers import shown
from curriculum.charts.reading import Series, Table
from curriculum.models.redlining import MapArea, RedliningMap
from curriculum.redlining import layer
from curriculum.redlining.feature import GRADES


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words, and the column that it stands in."""

    column: str
    words: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A grade: how many areas the survey gave it, their share of the graded land where it is known, and figures of now."""

    grade: str
    areas: int
    share: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its figures of now."""

    label: str
    name: str
    grade: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """A class of the second layer in words, with its hatch."""

    swatch: str
    word: str
    range: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Map and table put together. `stray` are sentences about rows that belong nowhere, `missing` labels without a figure."""

    columns: tuple[str, ...]
    grades: tuple[GradeRow, ...]
    areas: tuple[AreaRow, ...] = ()
    stray: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    layer: str = ""
    legend: tuple[Legend, ...] = field(default=())


def joined(shown_map: RedliningMap, table: Table, name: str, *, drawn: bool = True) -> Joined:
    """The table laid on the map: by grade when its first column holds grades alone, else by area."""
    areas = list(shown_map.areas.order_by("position"))
    if all(label.upper() in GRADES for label in table.labels):
        return _by_grade(areas, table)
    places, stray = _places(areas, table)
    rows = {area: row for row, area in places.items()}
    legend: tuple[Legend, ...] = ()
    picture = ""
    if drawn:
        picture, legend = _layer(shown_map, areas, table, rows, name)
    return Joined(
        columns=tuple(one.name for one in table.series),
        grades=tuple(_grade_of_areas(areas, table, rows)),
        areas=tuple(
            AreaRow(area.label, area.name, area.grade, _cells(table, rows.get(at)))
            for at, area in enumerate(areas)
        ),
        stray=tuple(stray),
        missing=tuple(
            area.label or area.name
            for at, area in enumerate(areas)
            if _is_empty(table, rows.get(at))
        ),
        layer=picture,
        legend=legend,
    )


def _by_grade(areas: Sequence[MapArea], table: Table) -> Joined:
    rows = {label.upper(): at for at, label in enumerate(table.labels)}
    used = [grade for grade in GRADES if any(area.grade == grade for area in areas)]
    stray = [
        _("row %(row)s: no area of this map has grade %(grade)s.") % {"row": table.rows[at], "grade": grade}
        for grade, at in rows.items()
        if grade not in used
    ]  # fmt: skip
    return Joined(
        columns=tuple(one.name for one in table.series),
        grades=tuple(_grade(areas, grade, _cells(table, rows.get(grade))) for grade in used),
        stray=tuple(stray),
        missing=tuple(grade for grade in used if _is_empty(table, rows.get(grade))),
    )


def _places(areas: Sequence[MapArea], table: Table) -> tuple[dict[int, int], list[str]]:
    """The area of each row of the table, and a sentence for each row that has none."""
    known: dict[str, list[int]] = {}
    for at, area in enumerate(areas):
        for word in {same(area.label), same(area.name)} - {""}:
            known.setdefault(word, []).append(at)
    places: dict[int, int] = {}
    stray = []
    for row, label in enumerate(table.labels):
        found = known.get(same(label), [])
        said = {"row": table.rows[row], "label": label, "count": len(found)}
        if not found:
            stray.append(_("row %(row)s: no area of this map is called “%(label)s”.") % said)
        elif len(found) > 1:
            stray.append(_("row %(row)s: %(count)s areas of this map are called “%(label)s”, so its figures belong to none of them.") % said)  # fmt: skip
        elif found[0] in places.values():
            stray.append(_("row %(row)s: “%(label)s” is an area that another row names already.") % said)  # fmt: skip
        else:
            places[row] = found[0]
    return places, stray


def _grade(areas: Sequence[MapArea], grade: str, cells: tuple[Cell, ...]) -> GradeRow:
    own = [area for area in areas if area.grade == grade]
    return GradeRow(grade, len(own), _share(areas, own), cells)


def _share(areas: Sequence[MapArea], own: Sequence[MapArea]) -> str:
    """The share of some areas in the graded land; empty where the size of one is not known."""
    sizes = [area.area_km2 for area in areas]
    if None in sizes or not sum(size for size in sizes if size):
        return ""
    whole = sum((size for size in sizes if size), Decimal(0))
    part = sum((area.area_km2 for area in own if area.area_km2), Decimal(0))
    return shown((100 * part / whole).quantize(Decimal(1)), percent=True)


def _grade_of_areas(areas: Sequence[MapArea], table: Table, rows: dict[int, int]) -> Iterator[GradeRow]:  # fmt: skip
    """Grades with the least and the highest figure of their areas: an average of averages would say nothing."""
    for grade in GRADES:
        own = [rows.get(at) for at, area in enumerate(areas) if area.grade == grade]
        if own:
            yield _grade(
                areas, grade, tuple(Cell(one.name, _range(one, own)) for one in table.series)
            )


def _range(one: Series, own: Sequence[int | None]) -> str:
    known = [value for row in own if row is not None and (value := one.values[row]) is not None]
    if not known:
        return _("not collected")
    least, most = (shown(value, percent=one.percent) for value in (min(known), max(known)))
    words = least if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}
    if len(known) == len(own):
        return words
    return _("%(figures)s (%(known)s of %(all)s areas)") % {"figures": words, "known": len(known), "all": len(own)}  # fmt: skip


def _cells(table: Table, row: int | None) -> tuple[Cell, ...]:
    return tuple(Cell(one.name, _words(one, row)) for one in table.series)


def _words(one: Series, row: int | None) -> str:
    value = None if row is None else one.values[row]
    return _("not collected") if value is None else shown(value, percent=one.percent)


def _is_empty(table: Table, row: int | None) -> bool:
    return row is None or all(one.values[row] is None for one in table.series)


def _layer(
    shown_map: RedliningMap, areas: Sequence[MapArea], table: Table, rows: dict[int, int], name: str
) -> tuple[str, tuple[Legend, ...]]:
    """The picture of the first column of figures, and what its hatches mean."""
    first = table.series[0]
    figures = {at: value for at, row in rows.items() if (value := first.values[row]) is not None}
    classes, steps = layer.steps_of(figures)
    if not steps:
        return "", ()
    size = (shown_map.width, shown_map.height)
    picture = layer.draw_layer(shown_map.svg, size, classes, [area.label for area in areas], name)
    if not picture:
        return "", ()
    legend = [
        Legend(layer.swatch(step.number, name), step.word, _words_of(step, first)) for step in steps
    ]
    if len(figures) < len(areas):
        legend.append(Legend(layer.swatch(None, name), _("not collected"), ""))
    return picture, tuple(legend)


def _words_of(step: layer.Step, first: Series) -> str:
    least, most = (shown(value, percent=first.percent) for value in (step.least, step.most))
    return least if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}
