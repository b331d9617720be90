"""What is aimed at, row by row, and whether what was measured keeps to it. Arithmetic on bench/results.json, and no clock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results.json"
#: The rows that are aimed at: number, what is asked for. The names of results begin with the number.
AIMS = {
    1: "A public lesson with 40 linked terms, signed out and warm: at least 0.5 of *hello*, at most 1 query.",
    2: "The same with nothing kept: at least 0.5 of *tiny*, at most 8 queries and 10 ms of processor time.",
    3: "The same for a member with 16 sessions: at least 0.5 of *tiny*, at most 12 queries; 10 ms at the median with one connection.",
    4: "Linking terms adds no query to a view, and less than 0.1 ms at 5 000 terms; linking one lesson anew takes at most 10 ms.",
    5: "The glossary with 5 000 terms: as row 1; its first view after a publish takes at most 300 ms.",
    6: "Today, the page of a pair, commitments: at least 0.35 of *tiny*, at most 15 queries.",
    7: "A conversation of a caucus: at least 0.35 of *tiny*, at most 12 queries for 5 or 50 posts, at most 60 KB; a million posts cost at most 1.2 times.",
    8: "Saving an entry of the journal: at least 0.3 of the plain write of one row; on PostgreSQL 99 in 100 within 100 ms; no error with 16 connections.",
    9: "A round of matching: 1 000 people in at most 5 times the bare solve; 10 000 in under 500 MB.",
    10: "Memory of two web workers after the load: at most 1.1 of *tiny*.",
    11: "A member's lesson weighs at most 40 KB of HTML, and 120 KB with all but its pictures.",
    12: "Any page with 100 times the data: at most 1.2 times the processor time.",
    17: "Equal time: medians differ by under 50 ms where a password is hashed, by under 5 ms elsewhere.",
    18: "The soak: 95 in 100 within 500 ms, errors under 0.1 %, memory grows by under 10 %, no acknowledged write missing or doubled.",
}  # fmt: skip
#: Ratios of speed, which are to be at least the aim. Everything else is to be at most the aim.
SPEEDS = ("of_hello", "of_tiny", "of_one_row")
#: What an aim is about where the measured value has another name.
MEASURED = {"page": ("whole_page",), "queries": ("queries", "queries_5_posts", "queries_50_posts")}
UNITS = {
    "of_hello": "of *hello*", "of_tiny": "of *tiny*", "of_one_row": "of one plain row", "of_plain": "times the bare solve",
    "cpu_of_small": "times the processor time", "of_first": "of the first look", "queries": "queries",
    "queries_5_posts": "queries for 5 posts", "queries_50_posts": "queries for 50 posts", "queries_of_linking": "queries for linking",
    "cpu_ms": "ms of processor time", "ms": "ms", "p50_ms": "ms at the median", "p95_ms": "ms for 95 in 100", "p99_ms": "ms for 99 in 100",
    "difference_ms": "ms apart", "seconds": "s", "html": "bytes of HTML", "whole_page": "bytes in all", "peak_mb": "MB at most",
    "memory_rose_mb": "MB more", "peak_rose_mb": "MB more at most", "share": "of all requests", "missing": "missing", "doubled": "doubled",
    "of_cores_at_200_pages": "of two processors for 200 open pages",
}  # fmt: skip


@dataclass(frozen=True)
class Held:
    """One measured value against what is aimed at."""

    row: str
    what: str
    value: float
    aim: float
    at_least: bool

    @property
    def number(self) -> int:
        """The number of its row; 0 without one."""
        first = self.row.split(" ", 1)[0]
        return int(first) if first.isdigit() else 0

    @property
    def is_met(self) -> bool:
        """Whether it keeps to the aim."""
        return self.value >= self.aim if self.at_least else self.value <= self.aim

    @property
    def unit(self) -> str:
        """What the number counts, in words."""
        return UNITS.get(self.what, self.what.replace("_", " "))


def read(path: Path = RESULTS) -> dict[str, Any]:
    """What was measured last."""
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def read_postgresql() -> dict[str, Any]:
    """What was measured last on PostgreSQL; nothing where nobody did."""
    path = RESULTS.with_name("results.postgresql.json")
    return read(path) if path.exists() else {}


def held(results: Mapping[str, Any]) -> list[Held]:
    """Every measured value that has an aim, in the order of the numbers."""
    found = [
        one for name, row in results.items() if isinstance(row, dict) for one in _of_row(name, row)
    ]
    return sorted(found, key=lambda one: one.number)


def _of_row(name: str, row: Mapping[str, Any]) -> Iterator[Held]:
    for key, aim in row.items():
        if key == "aim":
            yield from _ratio(name, row, aim)
        elif key.startswith("aim_"):
            about = key.removeprefix("aim_")
            for what in MEASURED.get(about, (about,)):
                if what in row:
                    yield Held(name, what, row[what], aim, at_least=False)


def _ratio(name: str, row: Mapping[str, Any], aim: float) -> Iterator[Held]:
    """The plain `aim` of a row is about its one ratio."""
    ratios = [key for key in row if key.startswith(("of_", "cpu_of_"))]
    for what in ratios[:1]:
        is_speed = what in SPEEDS and "per_second" in row
        yield Held(name, what, row[what], aim, at_least=is_speed)
