"""`make faults`: twelve kinds of bad days, twenty of each, on SQLite and PostgreSQL in turn; by hand, at most an hour.

Usage: python -m faults [--seed N] [--kind NAME] [--times 20] [--case N] [--database sqlite|postgresql] [--no-write]

The seed is printed; a case that fails prints how to repeat it alone, and keeps its site's folder. Exit status 1 when anything
that was acknowledged is missing, doubled or half done, or came back later than its kind has to (ten seconds after the end of the cause, but for a start that migrates).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults import template
from faults.browser import NoAnswer
from faults.case import Case, Kind, Stage, keep, standing, told
from faults.judge import Verdict
from faults.kinds import KINDS
from faults.surroundings import ROOT, Broken, LeftOut

RESULTS = ROOT / "bench" / "faults.json"
KEPT = Path(tempfile.gettempdir()) / "lodestar-faults-kept"
DATABASES = ("sqlite", "postgresql")


@dataclass
class Row:
    """What became of all cases of one kind."""

    says: str
    cases: int = 0
    on: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    missing: int = 0
    doubled: int = 0
    half_done: int = 0
    other_faults: int = 0
    slowest_recovery_s: float = 0.0
    left_out: str = ""
    failed: list[str] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def take(self, case: Case, database: str) -> None:
        """Add one case."""
        verdict = case.verdict
        self.cases += 1
        self.on[database] = self.on.get(database, 0) + 1
        self.acknowledged += verdict.acknowledged
        self.missing += len(verdict.missing)
        self.doubled += len(verdict.doubled)
        self.half_done += len(verdict.half_done)
        self.other_faults += len(verdict.faults)
        self.slowest_recovery_s = max(self.slowest_recovery_s, round(verdict.recovery, 1))
        for name, value in verdict.notes.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                self.notes[name] = max(self.notes.get(name, 0), value)


def main() -> int:
    """Run what is asked for, print the table, write the results. 1 when something is not as it should be."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every site is ended
    if options.filled:
        template.use(options.filled)
    print(f"seed {options.seed}", flush=True)
    begun, rows = time.monotonic(), {}
    for name in [options.kind] if options.kind else KINDS:
        rows[name] = _all_of(KINDS[name], options)
    _table(rows)
    took = time.monotonic() - begun
    print(f"seed {options.seed}, {took / 60:.0f} minutes")
    if options.write:
        _write(rows, options, took)
    return int(any(row.failed for row in rows.values()))


def _all_of(kind: Kind, options: argparse.Namespace) -> Row:
    row = Row(kind.says)
    for number, database in enumerate(kind.databases):
        cases = [
            case for case in range(1, options.times + 1) if case % len(kind.databases) == number
        ]
        cases = [case for case in cases if options.case in (None, case)]
        if options.database in (None, database) and cases:
            try:
                _on(kind, database, cases, options.seed, row)
            except LeftOut as why:
                row.left_out = str(why)
                print(f"{kind.name} on {database} is left out: {why}", flush=True)
            except Broken as problem:
                row.failed.append(f"on {database}: {problem}"[:300])
                print(f"{kind.name} on {database} is broken off: {problem}", flush=True)
    return row


def _on(kind: Kind, database: str, cases: list[int], seed: int, row: Row) -> None:
    """The cases of a kind on one database, all on one site; a site on which one failed is kept, and another one begun."""
    waiting = list(cases)
    while waiting:
        with _folder(kind.name, database) as folder, standing(kind, database, folder) as stage:
            while waiting and _told(kind, stage, waiting.pop(0), seed, row):
                pass


def _told(kind: Kind, stage: Stage, number: int, seed: int, row: Row) -> bool:
    """One case and its line; False when it failed."""
    begun, database = time.monotonic(), stage.site.database
    own_seed = f"{seed}/{kind.name}/{number}"
    try:
        case = told(kind, stage, number, own_seed)
        verdict = case.verdict
    except (Broken, NoAnswer) as problem:
        case = Case(kind.name, number, own_seed, stage, None, None, Verdict(faults=[str(problem)]))  # type: ignore[arg-type]
        verdict = case.verdict
    row.take(case, database)
    state = "well" if verdict.is_well else f"NOT WELL: {verdict.words()}"
    print(
        f"{kind.name} {number} {database}: {case.said or 'broken off'}; {verdict.acknowledged} of "
        f"{verdict.notes.get('acts', 0)} acknowledged, back after {verdict.recovery:.1f} s, {state} "
        f"({time.monotonic() - begun:.0f} s)",
        flush=True,
    )
    if verdict.is_well:
        return True
    row.failed.append(f"case {number} on {database}: {verdict.words()}"[:300])
    again = f"python -m faults --seed {seed} --kind {kind.name} --case {number} --times {max(number, 20)}"
    kept = KEPT / f"{kind.name}-{number}-{seed}"
    print(f"  again: {again}\n  its site is kept in {kept}", flush=True)
    _keep_later[stage.site.folder] = kept
    return False


_keep_later: dict[Path, Path] = {}


@contextlib.contextmanager
def _folder(kind: str, database: str) -> Iterator[Path]:
    """A folder for one site. Taken away afterwards, or kept when a case failed in it."""
    home = Path(tempfile.mkdtemp(prefix="lodestar-faults-"))
    home.chmod(0o711)
    folder = home / f"{kind}-{database}"
    try:
        yield folder
    finally:
        place = _keep_later.pop(folder, None)
        if place is not None and folder.exists():
            keep(folder, place)
        shutil.rmtree(home, ignore_errors=True)


def _table(rows: dict[str, Row]) -> None:
    print(
        f"\n{'kind':<15}{'cases':>6}{'acknowledged':>14}{'missing':>9}{'doubled':>9}{'half done':>11}{'other':>7}{'slowest recovery':>18}"
    )
    for name, row in rows.items():
        print(
            f"{name:<15}{row.cases:>6}{row.acknowledged:>14}{row.missing:>9}{row.doubled:>9}{row.half_done:>11}"
            f"{row.other_faults:>7}{row.slowest_recovery_s:>16.1f} s {row.left_out}"
        )


def _write(rows: dict[str, Row], options: argparse.Namespace, took: float) -> None:
    """Put the rows among those of the last run, so that one kind can be tried again alone."""
    stored = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kinds = stored.get("kinds", {})
    for name, row in rows.items():
        kinds[name] = {**row.__dict__, "seed": options.seed, "aim_recovery_s": KINDS[name].within}
    found = {
        "kinds": {name: kinds[name] for name in KINDS if name in kinds},
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_average": round(os.getloadavg()[2], 1),
        },
        "minutes": round(took / 60) if not options.kind else stored.get("minutes"),
    }
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--kind", choices=[*KINDS], help="this kind alone")
    parser.add_argument("--times", type=int, default=20, help="cases of each kind")
    parser.add_argument("--case", type=int, help="this case alone")
    parser.add_argument("--database", choices=DATABASES, help="on this database alone")
    parser.add_argument(
        "--filled",
        type=Path,
        metavar="FOLDER",
        help="a filled installation on SQLite to copy; made without",
    )
    parser.add_argument("--no-write", dest="write", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
