"""Loads facts from a CSV file, so that a historian corrects a source without touching code.

What an editor changed in the admin since is left alone and listed with the difference.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from curriculum.loader.reading import StarterRefused
from curriculum.models import Fact, StarterFile

COLUMNS = (
    "key", "statement", "period", "figure", "unit", "source_author", "source_title", "source_publisher",
    "source_year", "source_url", "checked", "checked_on", "check_again_on", "confidence",
)  # fmt: skip
DATES = ("checked_on", "check_again_on")


@dataclass
class FactsOutcome:
    """Keys written, and those left alone with what differs."""

    written: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


@transaction.atomic
def load_facts(path: Path) -> FactsOutcome:
    """Write every fact of the file, all or none. Raises StarterRefused with file, line and reason."""
    outcome = FactsOutcome()
    facts = {fact.key: fact for fact in Fact.objects.all()}
    notes = {
        note.path: note for note in StarterFile.objects.filter(path__startswith=f"{path.name}#")
    }
    for line, row in _rows(path):
        key = row["key"]
        known, note = facts.get(key), notes.get(f"{path.name}#{key}")
        wanted = _digest(row)
        if known is not None and note is not None:
            if note.digest == wanted:
                continue
            if _digest(_values(known)) != note.digest:
                outcome.left_alone.append(f"{key}: {_difference(_values(known), row)}")
                continue
        _write(path, line, known or Fact(), row)
        StarterFile.objects.update_or_create(path=f"{path.name}#{key}", defaults={"digest": wanted})
        outcome.written.append(key)
    return outcome


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise StarterRefused(path, 1, f"the column {missing[0]} is missing.")
            rows = [(reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}) for row in reader]  # fmt: skip
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise StarterRefused(path, 1, f"it cannot be read as CSV ({problem}).") from None
    seen: set[str] = set()
    for line, row in rows:
        if row["key"] in seen:
            raise StarterRefused(path, line, f"the fact {row['key']} is listed twice.")
        seen.add(row["key"])
    return rows


def _write(path: Path, line: int, fact: Fact, row: dict[str, str]) -> None:
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
        raise StarterRefused(path, line, f"{name} must be a day like 2026-11-24.") from None


def _reason(problem: ValidationError) -> str:
    if not hasattr(problem, "error_dict"):
        return " ".join(problem.messages)
    return " ".join(
        " ".join(messages) if name == "__all__" else f"{name}: {' '.join(messages)}"
        for name, messages in problem.message_dict.items()
    )


def _values(fact: Fact) -> dict[str, str]:
    return {name: str(getattr(fact, name)) for name in COLUMNS}


def _digest(row: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _difference(here: dict[str, str], file: dict[str, str]) -> str:
    return "; ".join(
        f"{name} is “{here[name]}” here and “{file[name]}” in the file"
        for name in COLUMNS
        if here[name] != file[name]
    )
