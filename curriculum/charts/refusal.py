"""Why a table cannot be used, as a sentence that names the row and the column."""

from __future__ import annotations

from django.utils.translation import gettext as _


class TableRefused(ValueError):
    """A table that cannot be shown. `str()` is the sentence for the editor, from “row 3, column “Year”: …” on."""


def at_row(row: int, words: str) -> TableRefused:
    """A refusal that names a row, counted as a spreadsheet counts: the names of the columns are row 1."""
    return TableRefused(_("row %(row)s: %(words)s") % {"row": row, "words": words})


def at_cell(row: int, column: str, words: str) -> TableRefused:
    """A refusal that names a row and a column."""
    place = {"row": row, "column": column, "words": words}
    return TableRefused(_("row %(row)s, column “%(column)s”: %(words)s") % place)
