"""H3, H5: the database crashes and comes back, stands still, or is held by another writer for longer than anybody waits."""

from __future__ import annotations

import sqlite3
import time

from faults.case import Case, Kind

LONG_PAUSE = 30.0
HEALTHY_WITHIN = 2.0  # seconds for /healthz, which asks no database
CASES_OF_EACH = (
    4  # on PostgreSQL: killed, stopped, frozen shortly, frozen for half a minute, in turn
)


def trouble(case: Case) -> None:
    """What can happen to the database of this site."""
    if case.site.server is None:
        _held(case)
    else:
        turn = (case.number // 2) % (CASES_OF_EACH + 1)
        (_killed, _stopped, _frozen, _killed, _frozen_long)[turn](case)


def _held(case: Case) -> None:
    """Another process writes into the file, for longer than a request waits."""
    name = case.rng.choice(("lodestar.sqlite3", "keys.sqlite3"))
    seconds = case.rng.uniform(8, 13)
    raw = sqlite3.connect(case.site.home / "db" / name, isolation_level=None, timeout=20)
    try:
        raw.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        raw.execute("ROLLBACK")
    finally:
        raw.close()
    case.happened(f"{name} held for {seconds:.0f} s")


def _killed(case: Case) -> None:
    server = case.site.server
    if server is not None:
        server.kill()
        time.sleep(case.rng.uniform(0, 3))
        server.start()
    case.happened("the server killed and started again")


def _stopped(case: Case) -> None:
    server = case.site.server
    if server is not None:
        server.stop("immediate")
        time.sleep(case.rng.uniform(0.5, 4))
        server.start()
    case.happened("the server stopped at once and started again")


def _frozen(case: Case) -> None:
    _still(case, case.rng.uniform(2, 8))


def _frozen_long(case: Case) -> None:
    _still(case, LONG_PAUSE)


def _still(case: Case, seconds: float) -> None:
    """Nothing answers and nothing is closed. `/healthz` must go on saying that the site is alive."""
    server = case.site.server
    if server is None:
        return
    server.freeze()
    until = time.monotonic() + seconds
    answers: list[int] = []
    try:
        while time.monotonic() < until:
            answers.append(case.site.status("/healthz", HEALTHY_WITHIN))
            time.sleep(1)
    finally:
        server.thaw()
    silent = sum(1 for status in answers if status != 200)
    case.verdict.notes["/healthz silent"] = f"{silent} of {len(answers)}"
    case.happened(f"the server frozen for {seconds:.0f} s")


KIND = Kind("database", "database crashed, frozen, locked", trouble)
