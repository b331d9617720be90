"""A chart as a page shows it: pictures with their sentences, and the same figures as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.text import trusted
from curriculum.charts.drawing import draw, scale_for
from curriculum.charts.numbers import shown
from curriculum.charts.reading import Table
from curriculum.charts.refusal import TableRefused
from curriculum.charts.views import Kind, Measure, View, checked_table, spread_of, views_of


@dataclass(frozen=True, slots=True)
class Picture:
    """One SVG, under the name of its column where it shows one of several."""

    svg: SafeString
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A view with what introduces it."""

    name: str
    heading: str
    words: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the equal table, as words."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything about a chart, or the `problem` that keeps it from being drawn."""

    id: str
    problem: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    views: tuple[Shown, ...] = field(default=())
    gaps: bool = False


def name_of(value: Any, part_id: str = "") -> str:
    """A name for the ids of a block that stands once on a page: from its own id, else from what it says."""
    own = part_id or sha256(f"{value.get('title')}{value.get('csv')}".encode("utf-8", "replace")).hexdigest()  # fmt: skip
    return f"c{own.replace('-', '')[:8]}"


def chart_of(value: Any, part_id: str = "", *, drawn: bool = True) -> Chart:
    """The chart of a block; not `drawn` it is a table alone, as on paper."""
    name = name_of(value, part_id)
    try:
        table = table_of(value)
    except TableRefused as refusal:
        return Chart(name, problem=str(refusal))
    percent = table.percent or value.get("measure") == Measure.SHARE
    columns = (table.first, *(one.name for one in table.series))
    views = tuple(_views(value, table, name)) if drawn else ()
    return Chart(name, "", columns, tuple(_rows(table, percent)), views, table.lacks_figures)


def table_of(value: Any) -> Table:
    """The table of a block. Raises TableRefused."""
    return checked_table(
        str(value.get("csv") or ""),
        kind=value.get("kind") or Kind.BAR,
        measure=value.get("measure") or Measure.COUNT,
        together=str(value.get("together") or ""),
    )


def _rows(table: Table, percent: bool) -> Iterator[Row]:
    for at, label in enumerate(table.labels):
        yield Row(label, tuple(cell(one.values[at], percent) for one in table.series))


def cell(value: Decimal | None, percent: bool) -> str:
    """A figure in words, or that there is none."""
    return _("not collected") if value is None else shown(value, percent=percent)


def _views(value: Any, table: Table, name: str) -> Iterator[Shown]:
    kind, measure = value.get("kind") or Kind.BAR, value.get("measure") or Measure.COUNT
    views = views_of(table, str(value.get("together") or ""))
    scale = scale_for([one for view in views for one in view.series], kind=kind, measure=measure)
    title = str(value.get("title") or "")
    for number, view in enumerate(views):
        heading, words = _introduction(views, view, table, measure)
        told = f"{title}. {heading}" if heading else title
        drawings = draw(view, kind=kind, measure=measure, title=told, name=f"{name}{number}", scale=scale)  # fmt: skip
        yield Shown(view.name, heading, words, tuple(Picture(trusted(one.svg), one.name) for one in drawings))  # fmt: skip


def _introduction(views: tuple[View, ...], view: View, table: Table, measure: str) -> tuple[str, str]:  # fmt: skip
    if view.name == "together":
        words = _("Everybody in one figure. An average says how things are on the whole. It does not say for whom.")  # fmt: skip
        return _("Together"), words
    if view.name != "groups":
        return "", ""
    words = _("The same figures, group by group, on the same scale. Look at what the average hides.")  # fmt: skip
    found = spread_of(table, *views)
    if found is not None:
        label, average, *ends = found
        percent = table.percent or measure == Measure.SHARE
        least, most = (shown(value, percent=percent) for value in ends)
        said = {"label": label, "average": shown(average, percent=percent), "least": least, "most": most}  # fmt: skip
        words += " " + _("%(label)s: %(average)s together, and between %(least)s and %(most)s by group.") % said  # fmt: skip
    return _("By group"), words
