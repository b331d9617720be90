"""`make machines`: a site on nine machines in networks of their own on this host, each killed, frozen and cut off in turn.

Usage: python -m faults.machines [--seed N] [--times 1] [--only web1] [--no-write]

Judged as `make faults` is, by what was acknowledged. Exit status 1 when anything acknowledged is missing, doubled or half done,
somebody was logged out, a limit was not exact, or it came back later than ten seconds after the end of the cause; 3 when
this host lets nobody make networks.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import time

from faults.asking import Reader
from faults.browser import NoAnswer
from faults.case import Kind, Stage, told
from faults.judge import Verdict
from faults.machines.days import ALL, WORDS, afterwards, day_of, happens
from faults.machines.site import Site, built, missing
from faults.surroundings import ROOT, Broken, LeftOut

RESULTS = ROOT / "bench" / "machines.json"
KIND = Kind("machines", "one of several machines away", happens, afterwards)


def main() -> int:
    """Build, go through all days, print and write."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every machine is ended
    print(f"seed {options.seed}", flush=True)
    if missing():
        print(f"Left out: this host lacks {missing()}.")
        return 3
    try:
        with built(keep=options.keep) as site:
            begun = time.monotonic()
            rows = _days(site, options)
    except LeftOut as why:
        print(f"Left out: {why}")
        return 3
    except Broken as problem:
        print(f"It could not be built: {problem}")
        return 1
    if options.write:
        _write(rows, options.seed, time.monotonic() - begun)
    return int(any(row["wrong"] for row in rows))


def _days(site: Site, options: argparse.Namespace) -> list[dict[str, object]]:
    stage = Stage(site, Reader(site))  # type: ignore[arg-type]
    stage.sign_in()
    wanted = [number for number in range(1, len(ALL) * options.times + 1) if options.only in (None, day_of(number)[0])]  # fmt: skip
    try:
        return [_day(stage, number, options.seed) for number in wanted]
    finally:
        stage.reader.end()


def _day(stage: Stage, number: int, seed: int) -> dict[str, object]:
    name, what = day_of(number)
    try:
        case = told(KIND, stage, number, f"{seed}/machines/{number}")
        verdict, said = case.verdict, case.said
    except (Broken, NoAnswer) as problem:
        verdict, said = Verdict(faults=[str(problem)]), "broken off"
    state = "well" if verdict.is_well else f"NOT WELL: {verdict.words()}"
    print(
        f"{number} {said or 'broken off'}: {verdict.acknowledged} of {verdict.notes.get('acts', 0)} acknowledged, back after "
        f"{verdict.recovery:.1f} s, {verdict.notes.get('pages without an answer meanwhile', 0)} pages without an answer, {state}",
        flush=True,
    )
    return {
        "machine": name, "what": WORDS[what], "acknowledged": verdict.acknowledged, "missing": len(verdict.missing),
        "doubled": len(verdict.doubled), "half_done": len(verdict.half_done), "recovery_s": round(verdict.recovery, 1),
        "pages_without_answer": verdict.notes.get("pages without an answer meanwhile", 0),
        "wrong": "" if verdict.is_well else verdict.words()[:300],
    }  # fmt: skip


def _write(rows: list[dict[str, object]], seed: int, took: float) -> None:
    stored = (
        json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    )  # what others measured there (carrying.py)
    found = {
        **stored,
        "seed": seed,
        "minutes": round(took / 60, 1),
        "cores": os.cpu_count(),
        "days": rows,
    }
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults.machines", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--times", type=int, default=1, help="how often each of the days")
    parser.add_argument("--only", help="this machine alone")
    parser.add_argument("--keep", action="store_true", help="leave the folder there")
    parser.add_argument("--no-write", dest="write", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
