"""Reads a table from pasted CSV: names of columns, then a row for each category or year. Refuses with a sentence.

Commas, semicolons or tabs part the cells, whichever stands most in the first row. An empty cell means that nothing was
collected. A table is small on purpose: who pastes a hundred thousand rows is told so at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from curriculum.charts import cells
from curriculum.charts.refusal import TableRefused, at_cell, at_row

MOST_ROWS = 500
MOST_COLUMNS = 12
DELIMITERS = (",", ";", "\t")

Row = tuple[int, list[str]]  # its number in the text, its cells


@dataclass(frozen=True, slots=True)
class Series:
    """One column of figures; None where nothing was collected. `percent` says that its cells carry the sign."""

    name: str
    values: tuple[Decimal | None, ...]
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. `first` names the column of the `labels`; `rows` are their numbers in the text."""

    first: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    rows: tuple[int, ...]

    @property
    def is_by_year(self) -> bool:
        """Whether the rows are years."""
        return all(cells.YEAR.fullmatch(label) for label in self.labels)

    @property
    def percent(self) -> bool:
        """Whether figures carry the percent sign."""
        return any(one.percent for one in self.series)

    @property
    def lacks_figures(self) -> bool:
        """Whether a cell is empty."""
        return any(value is None for one in self.series for value in one.values)


def read_table(text: str) -> Table:
    """The table that the text holds. Raises TableRefused."""
    rows = _rows(text)
    head = next(rows, None)
    if head is None:
        raise TableRefused(_("there are no figures yet. Paste a table, its first row with the names of the columns."))  # fmt: skip
    body = list(rows)
    width = _width(head, body)
    columns = _columns(head, width)
    if not body:
        raise TableRefused(_("there is no row below the names of the columns."))
    labels = _labels(columns[0], body)
    series = tuple(
        _series(name, [(number, row[at] if at < len(row) else "") for number, row in body])
        for at, name in enumerate(columns[1:], start=1)
    )
    if sum(value is not None for one in series for value in one.values) < 2:
        raise TableRefused(_("it holds fewer than two figures. One figure says more in a sentence or as a fact."))  # fmt: skip
    return Table(columns[0], labels, series, tuple(number for number, _cells in body))


def _rows(text: str) -> Iterator[Row]:
    """The rows that hold anything, cleaned. Raises TableRefused at the first row too many."""
    source = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    reader = csv.reader(source, delimiter=_delimiter(text), strict=True)
    found = 0
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > 4 * MOST_COLUMNS:
                raise at_row(number, _too_many_columns(len(row)))
            cleaned = [cells.clean(cell) for cell in row]
            if not any(cleaned):
                continue
            found += 1
            if found > MOST_ROWS + 1:
                raise TableRefused(_too_many_rows(text))
            yield number, cleaned
    except csv.Error:
        raise at_row(number + 1, _("it cannot be read as a row of a table. Look for a quotation mark that is never closed.")) from None  # fmt: skip


def _too_many_rows(text: str) -> str:
    said = {"rows": text.count("\n") + 1, "most": MOST_ROWS}
    return _("it has about %(rows)s rows, and a chart takes %(most)s. Add them up by group or year first.") % said  # fmt: skip


def _too_many_columns(columns: int) -> str:
    said = {"columns": columns, "most": MOST_COLUMNS}
    return _("it has %(columns)s columns, and a chart takes %(most)s. Leave out what the sentence does not need.") % said  # fmt: skip


def _delimiter(text: str) -> str:
    first = next((line for line in text[:10_000].splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _width(head: Row, body: Sequence[Row]) -> int:
    """The number of columns; empty ones at the end, which spreadsheets like to add, do not count."""
    width = max((at for at, cell in enumerate(head[1], start=1) if cell), default=0)
    for number, row in body:
        used = max((at for at, cell in enumerate(row, start=1) if cell), default=0)
        if used > width:
            said = {"cells": used, "columns": width}
            raise at_row(number, _("it has %(cells)s cells, but only %(columns)s columns have a name. A comma inside a number or a name needs quotation marks around the cell.") % said)  # fmt: skip
    return width


def _columns(head: Row, width: int) -> list[str]:
    number, names = head[0], head[1][:width]
    if width > MOST_COLUMNS:
        raise at_row(number, _too_many_columns(width))
    if width < 2:
        raise at_row(number, _("there is only one column. Paste a column with names and one with figures at least."))  # fmt: skip
    seen: dict[str, int] = {}
    for at, name in enumerate(names, start=1):
        if not name:
            raise at_row(number, _("column %(column)s has no name. The first row must name every column.") % {"column": at})  # fmt: skip
        _check_words(number, name, name)
        if cells.number(name) and (at == 1 or not cells.YEAR.fullmatch(name)):
            raise at_row(number, _("“%(cell)s” stands where column %(column)s should have its name. The first row must name the columns.") % {"cell": name, "column": at})  # fmt: skip
        before = seen.setdefault(cells.same(name), at)
        if before != at:
            said = {"one": before, "other": at, "name": name}
            raise at_row(number, _("columns %(one)s and %(other)s are both called “%(name)s”. Give each a name of its own.") % said)  # fmt: skip
    return names


def _labels(column: str, body: Sequence[Row]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    for number, row in body:
        label = row[0]
        if not label:
            raise at_cell(number, column, _("the cell is empty. Say which category or year the figures belong to."))  # fmt: skip
        _check_words(number, column, label)
        before = seen.setdefault(cells.same(label), number)
        if before != number:
            raise at_cell(number, column, _("“%(label)s” stands in row %(row)s already.") % {"label": label, "row": before})  # fmt: skip
    return tuple(row[0] for _number, row in body)


def _check_words(row: int, column: str, words: str) -> None:
    if len(words) > cells.LONGEST_NAME:
        said = {"letters": len(words), "most": cells.LONGEST_NAME}
        raise at_cell(row, f"{column[:30]}", _("the name has %(letters)s letters, and there is room for %(most)s.") % said)  # fmt: skip
    if cells.is_formula(words):
        raise at_cell(row, column, _a_formula(words))


def _a_formula(cell: str) -> str:
    return _("“%(cell)s” is a formula, and only what it comes to can be shown. In the spreadsheet, copy and paste as values, then save again.") % {"cell": cell[:40]}  # fmt: skip


def _series(name: str, column: Sequence[tuple[int, str]]) -> Series:
    """One column. Raises TableRefused at its first cell that is no figure, or has a percent sign where others have none."""
    values: list[Decimal | None] = []
    signs: dict[bool, int] = {}
    for number, cell in column:
        value, sign = _figure(number, name, cell)
        values.append(value)
        if sign is not None:
            signs.setdefault(sign, number)
    if len(signs) == 2:
        raise at_cell(signs[True], name, _("the figure has a percent sign, and the one in row %(row)s has none. Use it for the whole column or for none of it.") % {"row": signs[False]})  # fmt: skip
    return Series(name, tuple(values), True in signs)


def _figure(row: int, column: str, cell: str) -> tuple[Decimal | None, bool | None]:
    if not cell:
        return None, None
    found = cells.number(cell)
    if found is not None:
        return found
    if len(cell) > 1 and cells.is_formula(cell):
        raise at_cell(row, column, _a_formula(cell))
    raise at_cell(row, column, cells.why_no_number(cell))
