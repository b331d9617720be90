"""What a chart shows of its table: all of it, or first everybody together and then group by group."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.charts import cells
from curriculum.charts.reading import Series, Table, read_table
from curriculum.charts.refusal import TableRefused, at_cell


class Kind(TextChoices):
    """How the figures are drawn."""

    BAR = "bar", gettext_lazy("Bars: compare sizes")
    LINE = "line", gettext_lazy("Lines: follow years")
    MULTIPLES = (
        "multiples",
        gettext_lazy("Small multiples: a small chart for each column, on one scale"),
    )


class Measure(TextChoices):
    """What kind of figure it is; a count and a share cannot lie below zero."""

    COUNT = "count", gettext_lazy("A count: people, homes, dollars")
    SHARE = "share", gettext_lazy("A share in percent, from 0 to 100")
    OTHER = "other", gettext_lazy("Something else, which may lie below zero, such as a change")


@dataclass(frozen=True, slots=True)
class View:
    """One picture: columns of a table."""

    name: str  # “together”, “groups”, or empty for the whole table
    table: Table
    series: tuple[Series, ...]


def checked_table(text: str, *, kind: str, measure: str, together: str = "") -> Table:
    """The table, fit for this kind of chart. Raises TableRefused."""
    table = read_table(text)
    _refuse_two_units(table)
    if measure in (Measure.COUNT, Measure.SHARE):
        _refuse_what_cannot_be(table, measure)
    if kind == Kind.LINE:
        _refuse_what_is_no_line(table)
    if together.strip():
        _refuse_unknown(table, together)
    return table


def views_of(table: Table, together: str = "") -> tuple[View, ...]:
    """The pictures of a table, in the order in which they are shown."""
    wanted = cells.same(cells.clean(together))
    all_of_us = tuple(one for one in table.series if wanted and cells.same(one.name) == wanted)
    groups = tuple(one for one in table.series if one not in all_of_us)
    if not all_of_us or not groups:
        return (View("", table, table.series),)
    return View("together", table, all_of_us), View("groups", table, groups)


def spread_of(table: Table, together: View, groups: View) -> tuple[str, Decimal, Decimal, Decimal] | None:  # fmt: skip
    """Label, figure of all, least and most of the groups in the last row that says all of it; None where none does."""
    for at in reversed(range(len(table.labels))):
        average = together.series[0].values[at]
        known = [value for one in groups.series if (value := one.values[at]) is not None]
        if average is not None and len(known) > 1:
            return table.labels[at], average, min(known), max(known)
    return None


def _refuse_two_units(table: Table) -> None:
    """One chart has one scale."""
    filled = [one for one in table.series if any(value is not None for value in one.values)]
    other = next((one for one in filled if one.percent != filled[0].percent), None)
    if other is not None:
        said = {"one": filled[0].name, "other": other.name}
        raise TableRefused(_("“%(one)s” and “%(other)s” are not in the same unit: one has percent signs. Make two charts of them.") % said)  # fmt: skip


def _refuse_what_cannot_be(table: Table, measure: str) -> None:
    for one in table.series:
        for row, value in zip(table.rows, one.values, strict=True):
            if value is not None and value < 0:
                raise at_cell(row, one.name, _("%(value)s lies below zero. A count or a share begins at zero, and bars stand on that line: nobody can see how long a bar below it is. If it is a change, say so at “Kind of figure”.") % {"value": value})  # fmt: skip
            if value is not None and value > 100 and measure == Measure.SHARE:
                raise at_cell(row, one.name, _("%(value)s is more than 100 percent of the whole. If it is no share, say so at “Kind of figure”.") % {"value": value})  # fmt: skip


def _refuse_what_is_no_line(table: Table) -> None:
    if len(table.labels) < 2:
        raise TableRefused(_("a line needs two rows at least. Choose bars for a single year."))
    years = [bool(cells.YEAR.fullmatch(label)) for label in table.labels]
    if any(years) and not all(years):
        at = years.index(False)
        raise at_cell(table.rows[at], table.first, _("“%(label)s” is no year as the others are. Take the row out or choose bars.") % {"label": table.labels[at]})  # fmt: skip


def _refuse_unknown(table: Table, together: str) -> None:
    names = [cells.same(one.name) for one in table.series]
    said = {"name": together.strip(), "names": ", ".join(one.name for one in table.series)}
    if cells.same(cells.clean(together)) not in names:
        raise TableRefused(_("no column is called “%(name)s”, which should be everybody together. The columns are: %(names)s.") % said)  # fmt: skip
    if len(names) == 1:
        raise TableRefused(_("“%(name)s” is the only column. Add the groups whose average it is.") % said)  # fmt: skip
