"""A table in which everybody stands in exactly one cell, shown once: the answers to a question, say, by another one.

Here a cell can be found by taking the others from the total, along the row and along the column. So a table is never
shown with holes: all of its cells, or its totals in both directions, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from core.suppression.rules import BEHIND, ENOUGH
from core.suppression.shown import Why

Cells = Mapping[tuple[str, str], int]


class Rung(Enum):
    """How much of a table is shown."""

    CELLS = "cells"
    TOTALS = "totals"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Sheet:
    """What is shown of a table. `people` is known to everybody; a total stands only where its cells may be shown or found."""

    people: int
    rung: Rung
    cells: Cells = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    why: Why | None = None


def suppress_table(cells: Cells, rows: Sequence[str], columns: Sequence[str]) -> Sheet:
    """What of the table may be shown. A cell that is missing is a zero, and counts as one.

    A table of one row or one column is a list: its totals are its cells, so it is shown or it is not. A total of fewer than
    two answers says nothing that was not known.
    """
    counts = {(row, column): cells.get((row, column), 0) for row in rows for column in columns}
    people = sum(counts.values())
    if people != sum(cells.values()):
        raise ValueError("somebody stands outside the rows and columns")
    by_row = {row: sum(counts[row, column] for column in columns) for row in rows}
    by_column = {column: sum(counts[row, column] for row in rows) for column in columns}
    if people < BEHIND:
        return Sheet(people, Rung.NOTHING, why=Why.PEOPLE_FEW)
    if len(counts) < 2 or _all_enough(counts.values()):
        return Sheet(people, Rung.CELLS, counts, by_row, by_column)
    if min(len(rows), len(columns)) > 1 and _all_enough([*by_row.values(), *by_column.values()]):
        return Sheet(people, Rung.TOTALS, {}, by_row, by_column, Why.TABLE_TELLS)
    return Sheet(people, Rung.NOTHING, why=Why.TABLE_TELLS)


def _all_enough(counts: Iterable[int]) -> bool:
    return all(count >= ENOUGH for count in counts)
