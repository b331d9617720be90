r"""The wordings in force as CSV: one row for each term and language. `import_glossary` reads it back.

UTF-8, commas, a first row with the names of the columns:

- `slug`, `language`, `name`, `definition`, `not_to_be_confused_with`, `example`, `we_say`, `we_avoid`, `we_avoid_because`,
  `contested`, `notes`: the words, as plain text.
- `aliases`, `forms`, `broader`, `related`: several in one cell, between them a semicolon; one that belongs to a word is
  written `\;` and a backslash `\\`. `broader` and `related` name slugs.
- `case_matters`, `retired`: `yes` or empty. `replaced_by`: the slug of what took the place of a retired term.
- `source`, `source_url`, `source_license`, `source_use` (`own`, `adapted` or `verbatim`).
- `version`, `body`, `decided_on`, `dissent`, `next_review_on`, `url`: how it was adopted and where it stands. An import leaves
  them aside: what is imported is a proposal, and has been adopted by nobody here.

A cell that begins with `=`, `+`, `-`, `@`, the wide forms of these, a tab or a line end would be run by a spreadsheet, so an apostrophe
stands before it (also before one that begins with apostrophes and then one of these). Reading takes one apostrophe off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from curriculum.glossary.formats.entries import Entry, term_address
from curriculum.glossary.models import TermVersion

LISTS = ("aliases", "forms", "broader", "related")
TEXTS = (
    "slug", "language", "name", "definition", "not_to_be_confused_with", "example", "we_say", "we_avoid", "we_avoid_because",
    "contested", "notes",
)  # fmt: skip
SOURCES = ("source", "source_url", "source_license", "source_use")
TOLD = ("version", "body", "decided_on", "dissent", "next_review_on", "url")
COLUMNS = (*TEXTS, *LISTS, "case_matters", *SOURCES, "retired", "replaced_by", *TOLD)
YES = "yes"
RUN_BY_A_SPREADSHEET = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 (wide signs count as well)
KEPT_FROM_RUNNING = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001


class _Line:
    """What the writer of CSV writes to: it keeps the last line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_pieces(entries: Iterable[Entry], language: str = "") -> Iterator[str]:
    """The file row by row; all languages, or one."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    yield line.text
    for entry in entries:
        for version in entry.in_force.values():
            if language in ("", version.language):
                cells = _cells(entry, version)
                writer.writerow([kept_from_running(cells[column]) for column in COLUMNS])
                yield line.text


def kept_from_running(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return "'" + cell if RUN_BY_A_SPREADSHEET.match(cell) else cell


def as_it_was(cell: str) -> str:
    """The opposite of `kept_from_running`."""
    return cell[1:] if KEPT_FROM_RUNNING.match(cell) else cell


def joined(words: Iterable[str]) -> str:
    """Several words in one cell."""
    return "; ".join(word.replace("\\", "\\\\").replace(";", "\\;") for word in words)


def parted(cell: str) -> list[str]:
    """The opposite of `joined`."""
    words = [re.sub(r"\\(.)", r"\1", part, flags=re.S).strip() for part in re.findall(r"(?:[^;\\]|\\.|\\$)+", cell, re.S)]  # fmt: skip
    return [word for word in words if word]


def _cells(entry: Entry, version: TermVersion) -> dict[str, str]:
    decision = entry.decisions[version.decision_id]
    cells: dict[str, Any] = {name: getattr(version, name) for name in (*TEXTS[1:], *SOURCES)}
    cells |= {name: joined(getattr(version, name)) for name in LISTS}
    cells |= {
        "slug": entry.term.slug, "case_matters": YES if version.case_matters else "", "url": term_address(entry.term.slug),
        "retired": YES if entry.term.retired_at else "", "replaced_by": entry.replaced_by, "version": version.number,
        "body": decision.body.name, "decided_on": decision.decided_on.isoformat(), "dissent": decision.dissent,
        "next_review_on": decision.next_review_on.isoformat() if decision.next_review_on else "",
    }  # fmt: skip
    return {name: str(value) for name, value in cells.items()}
