"""Loads the starter glossary from a CSV file. A term that is there already is brought up to date."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

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


class TermsRefused(Exception):
    """The file of terms cannot be used; the message names the file, the row and the reason."""


@transaction.atomic
def load_terms(path: Path) -> int:
    """Load the terms of the file, all or none; returns how many were new or changed. Raises TermsRefused."""
    changed = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = sorted(set(COLUMNS) - set(rows.fieldnames or ()))
        if missing:
            raise TermsRefused(f"{path.name} has no column {', '.join(missing)}.")
        known = {term.slug: term for term in Term.objects.all()}
        for number, row in enumerate(rows, start=2):
            changed += _load_row(path, number, row, known)
    return changed


def _load_row(path: Path, number: int, row: dict[str, str], known: dict[str, Term]) -> bool:
    values = {field: (row[column] or "").strip() for column, field in COLUMNS.items()}
    slug = slugify(values["name"])
    if not slug or not values["definition"]:
        raise TermsRefused(f"{path.name}, row {number}: a term needs a name and a definition.")
    term = known.get(slug) or Term(slug=slug)
    if not term._state.adding and all(
        getattr(term, name) == value for name, value in values.items()
    ):
        return False
    for name, value in values.items():
        setattr(term, name, value)
    term.full_clean()
    term.save()
    known[slug] = term
    return True
