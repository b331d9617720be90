"""Loads the starter glossary from a CSV file. Its rows arrive as proposals: what readers see is for a body to decide.

A row that was proposed before is not proposed again, whatever became of it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.glossary.actions.proposals import write_proposal
from curriculum.glossary.models import WORDS, Proposal, Term
from curriculum.glossary.wordings import tidied
from curriculum.glossary.words import address_of

COLUMNS = {
    "term": "name",
    "definition": "definition",
    "not_to_be_confused_with": "not_to_be_confused_with",
    "example_in_practice": "example",
    "broader": "broader",
    "narrower": "narrower",
    "related": "related",
    "aliases": "aliases",
    "originating_source": "source",
    "notes": "notes",
    "term_es": "name_es",
    "definition_es": "definition_es",
}
#: A column that a file may leave out: forms of the word, which lessons link too.
OPTIONAL = {"forms": "forms"}
LISTS = ("broader", "narrower", "related", "aliases", "forms")

#: A row of the file: its number, as a spreadsheet shows it, and its values by field.
Row = tuple[int, dict[str, str]]


class TermsRefused(Exception):
    """The file of terms cannot be used; the message names the file, the row and the reason."""

    def __init__(self, path: Path, row: int, reason: str) -> None:
        said = {"file": path.name, "row": row, "reason": reason}
        super().__init__(_("%(file)s, row %(row)s: %(reason)s") % said)


def load_terms(path: Path) -> int:
    """Read the file and propose its terms, all or none; returns how many proposals were made. Raises TermsRefused."""
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
    """Propose the terms, all or none; returns how many proposals were made. Raises TermsRefused."""
    terms = {term.slug: term for term in Term.objects.all()}
    for slug, (_number, values) in rows.items():
        terms.setdefault(slug, Term(slug=slug, label=values["name"][:120]))
    Term.objects.bulk_create([term for term in terms.values() if term._state.adding])
    known = _proposed_before(path.name)
    made = 0
    for slug, (number, words) in _wordings(rows):
        if _told(words) in known[slug]:
            continue
        try:
            write_proposal(words=words, by=None, term=terms[slug], imported_from=path.name)
        except ValidationError as problem:
            name, messages = next(iter(problem.message_dict.items()))
            raise TermsRefused(path, number, f"{name}: {' '.join(messages)}") from None
        made += 1
    return made


def _wordings(rows: dict[str, Row]) -> list[tuple[str, tuple[int, dict[str, Any]]]]:
    """What each row says in each of its languages, English first. That a term is narrower is told by the narrower one."""
    broader: dict[str, list[str]] = defaultdict(list)
    for slug, (_number, values) in rows.items():
        for narrower in _addresses(values["narrower"]):
            broader[narrower].append(slug)
    found = []
    for slug, (number, values) in rows.items():
        words: dict[str, Any] = {
            name: values.get(name, "") for name in ("name", "definition", "not_to_be_confused_with", "example", "source", "notes")
        }  # fmt: skip
        above = [*_addresses(values["broader"]), *broader[slug]]
        words |= {
            "language": "en", "broader": above, "related": [one for one in _addresses(values["related"]) if one not in above],
            "aliases": _names(values["aliases"]), "forms": _names(values.get("forms", "")),
        }  # fmt: skip
        found.append((slug, (number, tidied(words))))
        if values["name_es"] and values["definition_es"]:
            es = {
                "language": "es",
                "name": values["name_es"],
                "definition": values["definition_es"],
            }
            found.append((slug, (number, tidied({**es, "source": values["source"]}))))
    return found


def _proposed_before(name: str) -> dict[str, set[str]]:
    told: dict[str, set[str]] = defaultdict(set)
    for proposal in Proposal.objects.filter(imported_from=name).select_related("term"):
        told[proposal.term.slug].add(_told({name: getattr(proposal, name) for name in WORDS}))
    return told


def _told(words: dict[str, Any]) -> str:
    """All that a wording says, in a form that can be compared; what is empty is left out."""
    return repr(sorted((name, value) for name, value in words.items() if value and value != "own"))


def _by_slug(path: Path, rows: list[tuple[int, dict[str, str]]]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for number, row in rows:
        if None in row or None in row.values():
            reason = _("it has more or fewer cells than there are columns. Put a cell that holds a comma in quotes.")  # fmt: skip
            raise TermsRefused(path, number, reason)
        values = {field: row[column].strip() for column, field in COLUMNS.items()}
        values |= {field: row.get(column, "").strip() for column, field in OPTIONAL.items()}
        slug = address_of(values["name"])
        if not slug or not values["definition"]:
            raise TermsRefused(path, number, _("a term needs a name and a definition."))
        if slug in found:
            reason = _("the term “%(name)s” is listed already in row %(row)s.")
            raise TermsRefused(path, number, reason % {"name": values["name"], "row": found[slug][0]})  # fmt: skip
        found[slug] = (number, values)
    return found


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def _addresses(text: str) -> list[str]:
    return [address_of(name) for name in _names(text)]
