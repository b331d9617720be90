"""Loads the starter glossary from a CSV file. A term that is there already is brought up to date."""

from __future__ import annotations

import csv
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from curriculum.glossary.models import Term

COLUMNS = {
    "term": "name",
    "definition": "definition",
    "not_to_be_confused_with": "not_to_be_confused_with",
    "example_in_practice": "example_in_practice",
    "broader": "broader",
    "narrower": "narrower",
    "related": "related",
    "aliases": "aliases",
    "originating_source": "source",
    "notes": "notes",
    "term_es": "name_es",
    "definition_es": "definition_es",
}

#: A row of the file: its number, as a spreadsheet shows it, and its values by field.
Row = tuple[int, dict[str, str]]


class TermsRefused(Exception):
    """The file of terms cannot be used; the message names the file, the row and the reason."""

    def __init__(self, path: Path, row: int, reason: str) -> None:
        said = {"file": path.name, "row": row, "reason": reason}
        super().__init__(_("%(file)s, row %(row)s: %(reason)s") % said)


def load_terms(path: Path) -> int:
    """Read the file and write its terms, all or none; returns how many were new or changed. Raises TermsRefused."""
    return write_terms(path, read_terms(path))


def read_terms(path: Path) -> dict[str, Row]:
    """The terms of the file by their address. Raises TermsRefused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = sorted(set(COLUMNS) - set(rows.fieldnames or ()))
            if missing:
                reason = _("there is no column %(names)s.") % {"names": ", ".join(missing)}
                raise TermsRefused(path, 1, reason)
            return _by_slug(path, list(enumerate(rows, start=2)))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        reason = _("it cannot be read as CSV in UTF-8 (%(problem)s).") % {"problem": problem}
        raise TermsRefused(path, 1, reason) from None


@transaction.atomic
def write_terms(path: Path, rows: dict[str, Row]) -> int:
    """Write the terms, all or none; returns how many were new or changed. Raises TermsRefused."""
    changed = 0
    known = {term.slug: term for term in Term.objects.all()}
    for slug, (number, values) in rows.items():
        term = known.get(slug) or Term(slug=slug)
        if all(getattr(term, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(term, name, value)
        try:
            term.full_clean()
        except ValidationError as problem:
            name, messages = next(iter(problem.message_dict.items()))
            raise TermsRefused(path, number, f"{name}: {' '.join(messages)}") from None
        term.save()
        changed += 1
    return changed


def _by_slug(path: Path, rows: list[tuple[int, dict[str, str]]]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for number, row in rows:
        if None in row or None in row.values():
            reason = _("it has more or fewer cells than there are columns. Put a cell that holds a comma in quotes.")  # fmt: skip
            raise TermsRefused(path, number, reason)
        values = {field: row[column].strip() for column, field in COLUMNS.items()}
        slug = slugify(values["name"])
        if not slug or not values["definition"]:
            raise TermsRefused(path, number, _("a term needs a name and a definition."))
        if slug in found:
            reason = _("the term “%(name)s” is listed already in row %(row)s.")
            raise TermsRefused(path, number, reason % {"name": values["name"], "row": found[slug][0]})  # fmt: skip
        found[slug] = (number, values)
    return found
