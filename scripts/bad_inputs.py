#!/usr/bin/env python3
"""Ten thousand bad inputs against a real server, at every address as eight roles: no error of ours, no private word, nothing slow.

Starts a demonstration in a folder of its own, plants a word of Dev's in every private field, signs in as each role, looks
around for links and forms, and then sends what nobody means (`bad_values.py`). An answer must be no error of the server
(503 with its sentence is one that the site means), hold no word that is not for its reader, no markup of ours unescaped, no
way to elsewhere, and come within five seconds; the web server's processes must be the same at the end, and not have grown
without bound; nothing of it stands in the log. Usage: python3 scripts/bad_inputs.py [--number 10000] [--seed N] [--var FOLDER]
(an installation of the demonstration that is there already, which it changes). Writes bench/bad_inputs.json. Exit status 1: something was wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from bad_asking import Answered, Case
from bad_cases import Known, Maker
from bad_judging import SLOW, judged, memory, whole_of
from bad_roles import ROLES, Role
from canaries import PASSED_ON
from canary_rooms import Told, plant
from fresh_clone import END_WITHIN, Failed, free_port, started, wait
from surroundings import PYTHON, ROOT
from sweep import known_routes
from traces import Words, unfolded

READY_WITHIN = 900  # seconds; a minute or two on an idle machine
PATIENCE = 60.0  # seconds for one answer, after which there is none
AT_ONCE = 3  # roles that send at the same time; the server has two processes
MOST_GROWTH = 2.0  # what the web server's processes may weigh at the end, of what they weighed after the look around
FAULT = re.compile(r"django\.request 50[0124-9] ")  # 503 is one that the site means
RESULTS = ROOT / "bench" / "bad_inputs.json"


@dataclass
class Run:
    """What was sent and what was wrong."""

    port: int
    words: Words
    told: Told
    faults: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    busy: list[str] = field(default_factory=list)
    slow_once: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, case: Case, answer: Answered, faults: list[str]) -> None:
        """Count an answer and what is wrong with it."""
        with self.lock:
            self.statuses[answer.status] += 1
            self.kinds[case.kind] += 1
            self.seconds.append(answer.seconds)
            self.faults += [f"{fault}: {case.said}" for fault in faults]
            if answer.status == 503:
                self.busy.append(case.said)
            for fault in faults:
                print(f"WRONG  {fault}: {case.said}", flush=True)
            if len(self.seconds) % 500 == 0:
                print(f"{len(self.seconds)} sent, {len(self.faults)} wrong", flush=True)


def main() -> int:
    """Start, plant, look around, send, judge, write the results; exit status 1 when something was wrong."""
    parser = argparse.ArgumentParser(description="Ten thousand bad inputs, as eight roles.")
    parser.add_argument("--number", type=int, default=10_400)  # some roles end early
    parser.add_argument("--seed", default=str(secrets.randbelow(10**9)))
    parser.add_argument("--var", help="an installation that was prepared before; else it makes one")
    parser.add_argument("--log", help="where to keep what the server said")
    asked = parser.parse_args()
    print(f"Seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="lodestar-bad-") as name:
        log = Path(name) / "log"
        try:
            found = tried(Path(name), asked)
        except (Failed, subprocess.SubprocessError, OSError) as problem:
            print(log.read_text(errors="replace")[-8_000:] if log.exists() else "", flush=True)
            print(f"It could not be done: {problem}", flush=True)
            return 1
        finally:
            if asked.log and log.exists():
                Path(asked.log).write_bytes(log.read_bytes())
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))
    return 1 if found["wrong"] else 0


def tried(folder: Path, asked: argparse.Namespace) -> dict[str, object]:
    """All of it in this folder; what was found, as it is written down."""
    words, port = Words(), free_port()
    var = Path(asked.var or folder / "var").resolve()
    given = {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {
        "LODESTAR_VAR": str(var), "PORT": str(port), "SITE": f"http://localhost:{port}", "TRUSTED_PROXY_COUNT": "1",
    }  # fmt: skip
    os.environ.update(given)
    with started([str(PYTHON), "scripts/serve.py", "demo"], folder, ROOT, **given) as (process, log):  # fmt: skip
        wait(lambda: "Lodestar is ready" in log.read_text(), process, READY_WITHIN)
        run = Run(port, words, plant(words))
        known = Known([route for _rule, route in known_routes()])
        roles = [Role(name, who, port, place) for place, (name, who) in enumerate(ROLES.items())]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda role: role.look_around(known), roles))
        known.add(run.told.ids)
        before, begun = memory(process.pid), time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(
                pool.map(
                    lambda role: by_role(run, role, known, asked.number // len(roles), asked.seed),
                    roles,
                )
            )
        took, after = time.monotonic() - begun, memory(process.pid)
        run.faults += at_the_end(run, log, before, after)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=END_WITHIN)
    return results(run, asked.seed, known, took, before, after)


def by_role(run: Run, role: Role, known: Known, number: int, seed: str) -> None:
    """Send this role's share. A case that takes too long is sent again: it is slow when it is so each time."""
    for case in Maker(known, seed, role.name).cases(number):
        try:
            if case.number % 20 == 0:
                role.stay_signed_in()
        except Failed as problem:
            with run.lock:
                run.ended.append(f"{problem} {case.number} of its {number} cases were sent.")
            return
        own = run.told.readers.get(role.person, [])
        answer = role.send(case, PATIENCE)
        if answer.seconds > SLOW:
            run.slow_once.append(f"{answer.seconds:.1f} s: {case.said}")
            again = [role.send(case, PATIENCE).seconds for _ in range(2)]
            answer = whole_of(answer, seconds=min(answer.seconds, *again))
        run.note(case, answer, judged(case, answer, run.words, own))


def at_the_end(run: Run, log: Path, before: dict[int, int], after: dict[int, int]) -> list[str]:
    """What is wrong with the server when all was sent: other processes, too large ones, words in its log."""
    found = []
    if set(before) != set(after):
        found.append(f"The server's processes were {sorted(before)} and are {sorted(after)}")
    if sum(after.values()) > MOST_GROWTH * sum(before.values()):
        found.append(f"The server has grown from {sum(before.values())} to {sum(after.values())} MB")  # fmt: skip
    said = log.read_bytes()
    if any(run.words.traces(part) for part in unfolded(said)):
        found.append("A word of Dev's stands in the log")
    # Refusals of bad input are told with their frames as well; what counts is an error that somebody got as 500.
    lines = said.decode(errors="replace").splitlines()
    found += [f"The log tells of {line[:200]}" for line in lines if FAULT.search(line)]
    return found


def results(
    run: Run, seed: str, known: Known, took: float, before: dict[int, int], after: dict[int, int]
) -> dict[str, object]:  # fmt: skip
    """What is kept of a run: numbers, and each fault."""
    times = sorted(run.seconds)
    return {
        "seed": seed,
        "sent": len(times),
        "addresses": len(known.routes),
        "roles": len(ROLES),
        "planted words": len(run.words.words),
        "wrong": len(run.faults),
        "faults": run.faults[:50],
        "statuses": {str(status): run.statuses[status] for status in sorted(run.statuses)},
        "kinds": dict(sorted(run.kinds.items())),
        "roles that ended early": run.ended,
        "meant 503": len(run.busy),
        "slow at first": run.slow_once[:20],
        "median ms": round(1000 * times[len(times) // 2], 1),
        "p99 ms": round(1000 * times[int(len(times) * 0.99)], 1),
        "slowest s": round(times[-1], 2),
        "memory MB": [sum(before.values()), sum(after.values())],
        "seconds": round(took),
    }


if __name__ == "__main__":
    sys.exit(main())
