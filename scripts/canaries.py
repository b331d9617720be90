#!/usr/bin/env python3
"""Dev writes into the private rooms of a real server; nobody else ever comes across a word of it, and nothing keeps one.

Starts a demonstration in a folder of its own, plants a word in every private field, signs in as Dev, finds them, writes by
the real forms of each room, signs in as everybody else and goes to every address, stops the server, and looks through all
that it left behind. Whom a room lets read some words beside Dev finds those alone. On SQLite; beside
`scripts/with_postgres.py` on PostgreSQL. Usage: python3 scripts/canaries.py [--each-kind]   (one person of each kind goes
everywhere, in place of the whole cast) Exit status 1: a word was found where none may be, or not where it must be.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

from canary_pages import Reader, addresses, write
from canary_places import Place, databases, files, leaking
from canary_rooms import Told, plant, use, visit
from fresh_clone import END_WITHIN, Failed, free_port, started, wait
from surroundings import PYTHON, ROOT
from traces import Words

sys.path.insert(0, str(ROOT))

from home.demo.people import CAST

READY_WITHIN = 300  # seconds
LOOK_WITHIN = 1800  # seconds
FEWEST_ANSWERS = 1_000  # below which this was no sweep
FEWEST_PLACES = 100
AUTHOR = "dev"
#: One of each kind beside Dev: signed out, who sits with him, another participant, and everybody with a role.
EACH_KIND = ("", "elu", "jo", "mo", "fay", "ana", "rui", "gus")
WALKERS = 2  # at once: as many as the server has workers
PASSED_ON = ("DATABASE_URL", "KEYS_DATABASE_URL", "FIELD_KEYS")


def main() -> int:
    """Write, walk, stop, search; says what was found."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lodestar-canaries-") as name:
        try:
            said = sweep(Path(name))
        except (Failed, subprocess.SubprocessError, OSError, HTTPException) as problem:
            log = Path(name) / "log"
            print(log.read_text(errors="replace")[-8_000:] if log.exists() else "", flush=True)
            print(f"The sweep for canaries failed: {problem}", flush=True)
            return 1
    print(f"{said} ({time.monotonic() - begun:.0f} s)", flush=True)
    return 0


def sweep(folder: Path) -> str:
    """All of it in this folder. Raises Failed with what is wrong."""
    words, var, port = Words(), folder / "var", free_port()
    given = {"LODESTAR_VAR": str(var), "PORT": str(port), "SITE": f"http://localhost:{port}"}
    given |= {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    os.environ.update(given)
    with started([str(PYTHON), "scripts/serve.py", "demo"], folder, ROOT, **given) as (
        process,
        log,
    ):
        wait(lambda: "Lodestar is ready" in log.read_text(), process, READY_WITHIN)
        told = plant(words)
        dev = by_author(given["SITE"], words, told)
        answers = by_others(given["SITE"], words, told)
        use(dev, told, ends=True)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=END_WITHIN)
    left = lambda: (*files(var, log), *databases(var))  # noqa: E731 (looked through three times)
    places = refuse(words, left())
    if answers < FEWEST_ANSWERS or places < FEWEST_PLACES:
        raise Failed(f"Only {answers} answers and {places} places were looked at.")
    for leak in leaking(var, words):  # it could have failed
        if not any(words.traces(data) for _name, data in left()):
            raise Failed(f"A word that leaked into {leak} was not found.")
    return f"{len(words.words)} words of Dev: none in {answers} answers to others and in {places} places"


def by_author(site: str, words: Words, told: Told) -> Reader:
    """Dev writes, and finds each word on pages of his own. What there is of his then joins what is told of."""
    dev = Reader(site)
    if not dev.sign_in(AUTHOR).url.endswith("/today/"):
        raise Failed("Dev cannot sign in.")
    visit(dev, told, words)
    ids, own_pages = write(dev, words)
    missing = set(words.words) - set(told.words) - words.names_in(own_pages)
    if missing:
        raise Failed(f"Dev does not find on his own pages: {', '.join(sorted(missing))}.")
    use(dev, told, ends=False)
    told.ids.update(dict.fromkeys(ids, "journal"))
    return dev


def by_others(site: str, words: Words, told: Told) -> int:
    """How many answers everybody else got, at every address. Raises Failed when a word stands in one of them."""
    until = time.monotonic() + LOOK_WITHIN
    staff = {person.first.lower() for person in CAST if person.roles}

    def answers(name: str) -> Iterator[Place]:
        visitor = Reader(site)
        if name and not visitor.sign_in(name).url.endswith("/today/"):
            raise Failed(f"{name} cannot sign in.")
        own = told.readers.get(name, [])
        for place, said in visitor.walk(
            addresses(told.ids, told.couples, name, staff=name in staff)
        ):
            yield f"{name or 'nobody'}: {place}", words.without(own, said, body=True)
            if time.monotonic() > until:
                raise Failed(f"It took longer than {LOOK_WITHIN} s to go everywhere.")

    everybody = ["", *(person.first.lower() for person in CAST if person.first.lower() != AUTHOR)]
    names = EACH_KIND if "--each-kind" in sys.argv[1:] else everybody
    with ThreadPoolExecutor(WALKERS) as pool:
        return sum(pool.map(lambda name: refuse(words, answers(name)), names))


def refuse(words: Words, places: Iterable[Place]) -> int:
    """How many places were looked at. Raises Failed when a word stands in one of them."""
    number, found = 0, []
    for name, data in places:
        number += 1
        found += [f"{name} ({way})" for way in words.traces(data)]
    if found:
        raise Failed("A word of Dev stands in " + "; ".join(found[:20]))
    return number


if __name__ == "__main__":
    sys.exit(main())
