"""How long a web request waits for a database: as long on PostgreSQL as on SQLite, whose own limit is set with its address."""

from __future__ import annotations

#: Seconds for one statement. Then the person gets the page that gives back what they typed.
PATIENCE = 10.0

_limit: dict[str, float] = {}  # of this process; empty: a statement takes as long as it takes


def be_impatient(seconds: float) -> None:
    """Let no statement of this process wait longer. For web servers; the worker and commands have patience."""
    _limit["seconds"] = seconds


def limit() -> float | None:
    """How many seconds a statement may take in this process; None: as long as it takes."""
    return _limit.get("seconds")
