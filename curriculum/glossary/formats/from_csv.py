"""Reads what `as_csv` writes, also with semicolons or tabs between its cells, as some spreadsheets save it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.glossary.formats.as_csv import COLUMNS, LISTS, YES, as_it_was, parted
from curriculum.glossary.formats.incoming import (
    UNSAID,
    ImportRefused,
    Incoming,
    Said,
    check_address,
)

NEEDED = ("slug", "language", "name", "definition")
BETWEEN = (",", ";", "\t")
FORMULA = re.compile(r"[=+\-@\t\r]")
Row = dict[str, str]


def read_csv(text: str) -> list[Incoming]:
    """The terms of the file. Raises ImportRefused."""
    found: dict[str, Incoming] = {}
    for place, row in _rows(text):
        slug = row["slug"]
        check_address(slug, place)
        said = Said(place, _words(row, place))
        retired = _yes(row, "retired", place)
        term = found.setdefault(slug, Incoming(slug, place, row["name"], [], retired, replaced_by=row["replaced_by"]))  # fmt: skip
        _check_beside(term, said, retired, row)
        term.wordings.append(said)
        if said.words["language"] == settings.LANGUAGE_CODE:
            term.label = row["name"]
    return list(found.values())


def _check_beside(term: Incoming, said: Said, retired: bool, row: Row) -> None:
    """Raise ImportRefused when another row of the same term says otherwise, or the same again."""
    for other in term.wordings:
        if other.words["language"] == said.words["language"]:
            reason = _("“%(slug)s” stands in this language already in %(place)s.")
            raise ImportRefused(said.place, reason % {"slug": term.slug, "place": other.place})
    if (retired, row["replaced_by"]) != (term.retired, term.replaced_by):
        reason = _("“retired” and “replaced_by” must say the same as in %(place)s.")
        raise ImportRefused(said.place, reason % {"place": term.place})


def _rows(text: str) -> Iterator[tuple[str, Row]]:
    """Each row with its place, as a spreadsheet numbers it, cells as they were before a spreadsheet was kept from running them."""
    number = 1
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text), strict=True)
        columns = _columns(next(rows, []))
        for number, cells in enumerate(rows, start=2):
            place = _("row %(number)s") % {"number": number}
            if not any(cells):
                continue  # spreadsheets leave empty ones at the end
            if len(cells) != len(columns):
                raise ImportRefused(place, _("it has more or fewer cells than there are columns. Put a cell that holds a comma in quotes."))  # fmt: skip
            row = dict(zip(columns, cells, strict=True))
            yield place, dict.fromkeys(COLUMNS, "") | {name: _cell(name, cell, place) for name, cell in row.items()}  # fmt: skip
    except csv.Error as problem:
        place = _("row %(number)s") % {"number": number + 1}
        raise ImportRefused(place, _("it cannot be read as CSV (%(problem)s).") % {"problem": problem}) from None  # fmt: skip


def _between(text: str) -> str:
    """What stands between cells: that which finds the most columns in the first line."""
    first = text.partition("\n")[0].replace('"', "").strip()
    return max(BETWEEN, key=lambda mark: len(set(first.split(mark)) & set(COLUMNS)))


def _columns(names: list[str]) -> list[str]:
    names = [name.strip() for name in names]
    reasons = (
        (_("there is no column %(names)s."), [name for name in NEEDED if name not in names]),
        (_("a glossary has no column %(names)s."), [name for name in names if name not in COLUMNS]),
        (_("the column %(names)s stands there twice."), sorted({n for n in names if names.count(n) > 1})),
    )  # fmt: skip
    for reason, wrong in reasons:
        if wrong:
            named = ", ".join(f"“{name[:60]}”" for name in wrong[:9])
            raise ImportRefused(_("row %(number)s") % {"number": 1}, reason % {"names": named})
    return names


def _cell(name: str, cell: str, place: str) -> str:
    if FORMULA.match(cell):
        said = _("the cell “%(name)s” begins like a formula (%(begin)s). Put an apostrophe before it if it is meant as words.")  # fmt: skip
        raise ImportRefused(place, said % {"name": name, "begin": cell[:12].strip() or "…"})
    return as_it_was(cell).strip()


def _words(row: Row, place: str) -> dict[str, Any]:
    words: dict[str, Any] = {name: row.get(name) or unsaid for name, unsaid in UNSAID.items()}
    words |= {name: parted(row[name]) for name in LISTS}
    words["case_matters"] = _yes(row, "case_matters", place)
    words["language"] = row["language"]  # an empty one is refused, not taken for ours
    return words


def _yes(row: Row, name: str, place: str) -> bool:
    said = row[name].lower()
    if said not in {"", "no", YES}:
        raise ImportRefused(place, _("the cell “%(name)s” must say “yes” or nothing.") % {"name": name})  # fmt: skip
    return said == YES
