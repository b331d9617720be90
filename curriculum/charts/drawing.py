"""A view of a table as one drawing, or as one for each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.charts.bars import draw_bars
from curriculum.charts.lines import draw_lines
from curriculum.charts.panels import draw_panel
from curriculum.charts.reading import Series
from curriculum.charts.scale import Scale, scale_of
from curriculum.charts.svg import picture
from curriculum.charts.views import Kind, Measure, View


@dataclass(frozen=True, slots=True)
class Drawing:
    """One SVG; `name` is the column that it shows, where it shows one of several."""

    svg: str
    name: str = ""


def draw(view: View, *, kind: str, measure: str, title: str, name: str, scale: Scale) -> Iterator[Drawing]:  # fmt: skip
    """The drawings of a view. `name` begins every id in them, so it must stand once on a page."""
    view = _in_time(view) if kind != Kind.BAR else view
    given = {"percent": _has_sign(view, measure)}
    if kind == Kind.MULTIPLES and view.name != "together":
        one_each = draw_panel if view.table.is_by_year else _bars_of_one
        for number, one in enumerate(view.series):
            own = f"{name}-{number}"
            made = one_each(own, view.table.labels, one, scale, **given)
            yield Drawing(_framed(made, own, _of_one(one), ""), one.name)
        return
    as_bars = kind == Kind.BAR or (kind == Kind.MULTIPLES and not view.table.is_by_year)
    made = (draw_bars if as_bars else draw_lines)(
        name, view.table.labels, view.series, scale, **given
    )
    yield Drawing(_framed(made, name, title, _size(view)))


def scale_for(series: Sequence[Series], *, kind: str, measure: str) -> Scale:
    """One scale for everything that a chart shows, so that its views can be compared. Bars always begin at zero."""
    values = [value for one in series for value in one.values if value is not None]
    return scale_of(values, from_zero=kind != Kind.LINE or measure != Measure.OTHER)


def _bars_of_one(name: str, labels: Sequence[str], one: Series, scale: Scale, *, percent: bool) -> tuple[float, str, str]:  # fmt: skip
    return draw_bars(name, labels, [one], scale, percent=percent)


def _of_one(one: Series) -> str:
    """A small drawing stands in a chart that has a name and a table already."""
    return _("%(column)s, one of several small charts") % {"column": one.name}


def _has_sign(view: View, measure: str) -> bool:
    return view.table.percent or measure == Measure.SHARE


def _in_time(view: View) -> View:
    """Years in their order; other rows as they stand."""
    if not view.table.is_by_year:
        return view
    order = sorted(range(len(view.table.labels)), key=lambda at: int(view.table.labels[at]))
    labels = tuple(view.table.labels[at] for at in order)
    series = tuple(replace(one, values=tuple(one.values[at] for at in order)) for one in view.series)  # fmt: skip
    return View(view.name, replace(view.table, labels=labels), series)


def _size(view: View) -> str:
    """What a drawing holds, and where the same figures can be read."""
    rows = ngettext("%(count)s row", "%(count)s rows", len(view.table.labels)) % {"count": len(view.table.labels)}  # fmt: skip
    columns = ngettext("%(count)s column", "%(count)s columns", len(view.series)) % {"count": len(view.series)}  # fmt: skip
    said = {"rows": rows, "columns": columns, "first": view.table.labels[0], "last": view.table.labels[-1]}  # fmt: skip
    return _("A chart of %(rows)s, from %(first)s to %(last)s, and %(columns)s. The table below it holds every figure.") % said  # fmt: skip


def _framed(made: tuple[float, str, str], name: str, title: str, size: str) -> str:
    height, defs, inside = made
    return picture(name, title, size, height, defs, inside)
