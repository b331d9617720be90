"""`make bench`: every row of what is aimed at, as ratios of one run, written to bench/results.json. By hand; about an hour.

A row is the median of five runs of three seconds, eight connections unless it says otherwise, and between two of them the
yardstick is asked: *static* (nginx with a file), *hello* (a bare view of the same server) or *tiny* (a minimal Wagtail page).
Absolute figures move with the machine; ratios of neighboring readings and processor time a request hardly do.

Needs wrk. Usage: python -m bench.run [--seconds 3] [--runs 5] [--only PART …] [--server granian|gunicorn-sync|gunicorn-threads]
[--database postgresql], whose rows go to bench/results.postgresql.json and stand in a column of the same table.
`--list` says what the parts are and how long each takes. The soak of half an hour is a program of its own: bench.soak.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import (  # fmt: skip
    caucus,
    desk,
    digest,
    equal,
    growth,
    journal,
    linking,
    pages,
    pairing,
    rooms,
)
from bench.beside import Pace
from bench.measuring import Bench
from bench.telling import report, step

HERE = Path(__file__).resolve().parent
RESULTS = {"sqlite": HERE / "results.json", "postgresql": HERE / "results.postgresql.json"}


@dataclass(frozen=True)
class Part:
    """Rows that are measured together: what they are about, how many minutes they take at the usual pace, what gives them."""

    about: str
    minutes: float
    rows: Callable[[Bench], dict[str, Any]]


#: All parts, in the order in which they run: those that other work on the machine would distort most come first.
PARTS = {
    "pages": Part("1 2 3 4 5 10 11 12 13: lessons, glossary, search, memory, weight", 14, pages.rows),
    "rooms": Part("6 12: Today, the page of a pair, commitments", 6, rooms.rows),
    "caucus": Part("7 12: a conversation of a caucus beside a million posts", 10, caucus.rows),
    "journal": Part("8 15 16: saving an entry, on SQLite and on PostgreSQL; lists and search; seals, keys", 7, journal.rows),
    "equal": Part("17: equal time", 4, equal.rows),
    "linking": Part("4: 5 000 terms found in lessons", 2, linking.rows),
    "pairing": Part("9: rounds of 1 000 and 10 000 people", 3, pairing.rows),
    "growth": Part("12: lists of a member with 100 times as many lines", 2, growth.rows),
    "desk": Part("19 to 24: the desk with 10 000 members, a member's own copy", 6, desk.rows),
    "digest": Part("14: a digest for 10 000 members", 6, digest.rows),
}  # fmt: skip


def main() -> int:
    """Measure what is asked for, print the table, write the results."""
    options = _options()
    if options.list:
        for name, part in PARTS.items():
            print(f"{name:10} {part.minutes:4.0f} min   {part.about}")
        return 0
    if shutil.which("wrk") is None:
        print("The benchmark needs wrk, which is not installed. Install it and run `make bench` again.")  # fmt: skip
        return 1
    found: dict[str, Any] = {}
    pace = Pace(options.seconds, options.runs)
    with Bench(pace, options.server, options.sign_ins, options.prepared, options.database) as bench:
        for name in options.only or PARTS:
            step(f"{name}, about {PARTS[name].minutes:.0f} minutes: {PARTS[name].about}")
            began = time.monotonic()
            found |= PARTS[name].rows(bench)
            found[f"minutes of the part {name}"] = round((time.monotonic() - began) / 60, 1)
            if (
                options.write
            ):  # after each part, so that an hour's work is not lost with its last minute
                write(found, whole=False, database=options.database)
    found["machine"] = {
        "cores": os.cpu_count(), "python": platform.python_version(), "server": options.server,
        "seconds": pace.seconds, "runs": pace.runs, "load_before_and_after": [round(one, 1) for one in (*_LOAD_BEFORE, os.getloadavg()[0])], "whole": not options.only, "parts": options.only or [*PARTS],
    }  # fmt: skip
    report(found)
    if options.write:
        write(found, whole=not options.only, database=options.database)
    return 0


_LOAD_BEFORE = os.getloadavg()[:1]


def write(found: dict[str, Any], *, whole: bool, database: str = "sqlite") -> None:
    """Put these rows into the file. A whole run leaves nothing of earlier ones there but the soak, which is a run of its own.

    Parts that are measured again afterwards are named beside the whole run that the others are of.
    """
    file = RESULTS[database]
    before = json.loads(file.read_text()) if file.exists() else {}
    machine = found.get("machine")
    if machine and not whole and before.get("machine", {}).get("whole"):
        again = {*before["machine"].get("again", ()), *machine["parts"]}
        found = {**found, "machine": {**before["machine"], "again": sorted(again)}}
    kept = {name: row for name, row in before.items() if name.startswith("18 ")} if whole else before  # fmt: skip
    file.write_text(json.dumps(kept | found, indent=2, ensure_ascii=False) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--seconds", type=float, default=3, help="of one reading")
    parser.add_argument("--runs", type=int, default=5, help="readings of each row")
    parser.add_argument("--sign-ins", type=int, default=200, help="times that each of two is asked for equal time")  # fmt: skip
    parser.add_argument(
        "--server", default="granian", choices=["granian", "gunicorn-sync", "gunicorn-threads"]
    )
    parser.add_argument(
        "--database",
        default="sqlite",
        choices=[*RESULTS],
        help="what the product stands on; the yardstick stays on SQLite",
    )
    parser.add_argument("--only", nargs="+", choices=[*PARTS], help="these parts alone")
    parser.add_argument("--prepared", type=Path, help="a folder in which to prepare a site once, or that holds one from before")  # fmt: skip
    parser.add_argument("--list", action="store_true", help="say what the parts are")
    parser.add_argument("--no-write", dest="write", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
