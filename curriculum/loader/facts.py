"""Loads facts from a CSV file, so that a historian corrects a source without touching code.

What an editor changed, deleted or wrote in the admin is left alone and listed with the difference.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.loader.refusal import StarterRefused
from curriculum.models import Fact, StarterFile

COLUMNS = (
    "key", "statement", "statement_es", "period", "figure", "figure_es", "unit", "unit_es", "source_author", "source_title",
    "source_publisher", "source_year", "source_url", "checked", "checked_on", "check_again_on", "confidence",
)  # fmt: skip
#: Columns that a file may leave out: it has no Spanish then.
TRANSLATED = frozenset({"statement_es", "figure_es", "unit_es"})
DATES = ("checked_on", "check_again_on")

Row = dict[str, str]


@dataclass
class FactsOutcome:
    """Keys written, and those left alone: with what differs where the file differs, by key alone where it did not change."""

    written: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)  # changed by an editor and in the file
    edited: list[str] = field(default_factory=list)  # changed by an editor alone
    own: list[str] = field(default_factory=list)  # an editor's own fact of the same key
    deleted: list[str] = field(default_factory=list)


def load_facts(path: Path) -> FactsOutcome:
    """Read the file and write its facts, all or none. Raises StarterRefused with file, line and reason."""
    return write_facts(path, read_facts(path))


def read_facts(path: Path) -> list[tuple[int, Row]]:
    """The rows of the file, each with the line on which it begins. Raises StarterRefused with file, line and reason."""
    end = 0  # the line on which the last row ended
    rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [
                name for name in COLUMNS if name not in {*(reader.fieldnames or []), *TRANSLATED}
            ]
            if missing:
                reason = _("the column %(name)s is missing.") % {"name": missing[0]}
                raise StarterRefused(path, 1, reason)
            end = reader.line_num
            for row in reader:
                end = reader.line_num
                line = end - sum(cell.count("\n") for cell in row.values() if isinstance(cell, str))
                rows.append((line, _row(path, line, row)))
    except (OSError, csv.Error) as problem:
        reason = _("it cannot be read as CSV (%(problem)s).") % {"problem": problem}
        raise StarterRefused(path, end + 1, reason) from None
    except UnicodeDecodeError as problem:
        reason = _("it cannot be read as CSV (%(problem)s). Save it as CSV in UTF-8.")
        raise StarterRefused(path, 1, reason % {"problem": problem}) from None
    _refuse_doubles(path, rows)
    return rows


@transaction.atomic
def write_facts(
    path: Path, rows: list[tuple[int, Row]], *, again: Collection[str] = ()
) -> FactsOutcome:
    """Write the rows, all or none; those named in `again` (“facts.csv#RL04”) over whatever an editor did.

    Raises StarterRefused with file, line and reason.
    """
    outcome = FactsOutcome()
    facts = {fact.key: fact for fact in Fact.objects.all()}
    notes = {
        note.path: note.digest
        for note in StarterFile.objects.filter(path__startswith=f"{path.name}#")
    }
    for line, row in rows:
        name = f"{path.name}#{row['key']}"
        fact, last, wanted = facts.get(row["key"]), notes.get(name), _digest(row)
        if fact is not None and _digest(_values(fact)) == wanted:
            if last == wanted:
                continue  # as it is nearly always
        elif name not in again and _is_left_alone(outcome, fact, last, row):
            continue
        else:
            _write(path, line, fact or Fact(), row)
            outcome.written.append(row["key"])
        StarterFile.objects.update_or_create(path=name, defaults={"digest": wanted})
    return outcome


def _is_left_alone(outcome: FactsOutcome, fact: Fact | None, last: str | None, row: Row) -> bool:
    """Whether an editor decided about this fact since it was written last; noted in the outcome."""
    key = row["key"]
    if fact is None:
        if last is not None:
            outcome.deleted.append(key)
        return last is not None
    here = _values(fact)
    if last is None:
        outcome.own.append(f"{key}: {_difference(here, row)}")
    elif _digest(here) == last:
        return False
    elif last == _digest(row):
        outcome.edited.append(key)
    else:
        outcome.left_alone.append(f"{key}: {_difference(here, row)}")
    return True


def _row(path: Path, line: int, row: dict[Any, Any]) -> Row:
    if None in row or None in row.values():
        reason = _("it has more or fewer cells than there are columns. Put a cell that holds a comma in quotes.")  # fmt: skip
        raise StarterRefused(path, line, reason)
    return {name: _even(row.get(name, "")) for name in COLUMNS}


def _refuse_doubles(path: Path, rows: list[tuple[int, Row]]) -> None:
    seen: dict[str, int] = {}
    for line, row in rows:
        if row["key"] in seen:
            reason = _("the fact %(key)s is listed twice, first in line %(line)s.")
            said = {"key": row["key"], "line": seen[row["key"]]}
            raise StarterRefused(path, line, reason % said)
        seen[row["key"]] = line


def _write(path: Path, line: int, fact: Fact, row: Row) -> None:
    for name, value in row.items():
        setattr(fact, name, _date(path, line, name, value) if name in DATES else value)
    try:
        fact.full_clean()
    except ValidationError as problem:
        raise StarterRefused(path, line, f"{row['key']}: {_reason(problem)}") from None
    fact.save()


def _date(path: Path, line: int, name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        reason = _("%(name)s must be a day like 2026-11-24.") % {"name": name}
        raise StarterRefused(path, line, reason) from None


def _reason(problem: ValidationError) -> str:
    if not hasattr(problem, "error_dict"):
        return " ".join(problem.messages)
    return " ".join(
        " ".join(messages) if name == "__all__" else f"{name}: {' '.join(messages)}"
        for name, messages in problem.message_dict.items()
    )


def _values(fact: Fact) -> Row:
    return {name: _even(str(getattr(fact, name))) for name in COLUMNS}


def _even(text: str) -> str:
    """A text with line ends and edges as they are whether a file or a form gave it."""
    return text.replace("\r\n", "\n").strip()


def _digest(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _difference(here: Row, file: Row) -> str:
    return "; ".join(
        _("%(name)s is “%(here)s” here and “%(file)s” in the file")
        % {"name": name, "here": here[name], "file": file[name]}
        for name in COLUMNS
        if here[name] != file[name]
    )
