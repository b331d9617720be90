"""Cells that no spreadsheet takes for a formula (threats F4)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

#: What a spreadsheet would take for the beginning of a formula; wide signs count as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutral(cell: str) -> str:
    """The cell as words: an apostrophe stands before what begins like a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def as_csv(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a table, each cell neutral. It begins with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([neutral(cell) for cell in row])
        yield line.getvalue()
