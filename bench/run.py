"""`make bench`: one table of ratios measured in one run, written to bench/results.json. By hand; takes about ten minutes.

Every row is the median of five runs of a few seconds, eight connections unless the row says otherwise. Absolute figures move
with the machine, so each row is held against *hello* (a bare view of the same server) or *tiny* (a minimal Wagtail page).
Needs wrk. Usage: python -m bench.run [--seconds 5] [--runs 5] [--server granian|gunicorn-sync|gunicorn-threads] [--only PART]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from bench import caucus, desk, digest, journal, own_copy, rooms
from bench.load import Reading, load, pss_mb
from bench.signin import sign_in_times
from bench.telling import report, step

ROOT = Path(__file__).resolve().parent.parent
LESSON = "/learn/how-redlining-worked/grading-a-city/"
FORTY = "/learn/how-redlining-worked/forty-terms/"
NO_TERMS = "/learn/how-redlining-worked/no-terms/"
PORT = 9741
HEAVIEST_HTML = 40_000  # bytes of a member's lesson
HEAVIEST_PAGE = 120_000  # bytes of it with its style sheets and scripts, as sent
MOST_MEMORY = 1.1  # of tiny
MOST_GROWTH = 1.2  # times the processor time of the small database
SLOWEST_SEARCH_MS = 150  # 95 in 100
SEARCHES = {"a rare word": "word97", "a word of all": "council", "a misspelled word": "concil+wrot"}
ROUNDS = ((1_000, 50), (10_000, 30))  # people, and candidates of each
SLOWEST_ALONE_MS = 10  # median of a member's lesson with one connection


@dataclass(frozen=True)
class Row:
    """One row of the table: an address, what it is held against, and the least ratio that is aimed at."""

    name: str
    path: str
    against: str
    aim: float
    sessions: int = 0


ROWS = (
    Row("1 a public lesson with 40 terms, signed out, warm", FORTY, "hello", 0.5),
    Row("2 the same, nothing kept", f"{FORTY}?cold=1", "tiny", 0.5),
    Row("3 the same for a member, 16 sessions", FORTY, "tiny", 0.5, sessions=16),
    Row("3 the lesson with the map for a member", LESSON, "tiny", 0.5, sessions=16),
    Row("4 a lesson without terms, for a member", NO_TERMS, "tiny", 0.5, sessions=16),
    Row("5 the glossary, signed out, warm", "/glossary/", "hello", 0.5),
    Row("6 Today for a member, 16 sessions", "/today/", "tiny", 0.35, sessions=16),
)
GROWING = (
    Row("a member's lesson", FORTY, "small", 1, sessions=16),
    Row("a member's Today", "/today/", "small", 1, sessions=16),
    Row("a public lesson, nothing kept but the outline", FORTY, "small", 1),
)


def main() -> int:
    """Set up, measure, print the table, write the results."""
    options = _options()
    if shutil.which("wrk") is None:
        print(
            "The benchmark needs wrk, which is not installed. Install it and run `make bench` again."
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="lodestar-bench-") as folder:
        env = _environment(folder)
        if options.only:
            return _alone(env, options)
        _prepare(env)
        cookies = tuple(
            json.loads(_python(env, "-m", "bench.seed", "sessions", "dev@riverton.example", "16"))
        )
        tiny, tiny_memory = _yardstick(env, options)
        with server(env, options.server) as (base, pid):
            results = _product(base, pid, cookies, tiny, options)
            results["10 memory of two workers"] = {"of_tiny": round(pss_mb(pid) / tiny_memory, 2), "aim": MOST_MEMORY}  # fmt: skip
            small = {row.name: measure(f"{base}{row.path}", pid, options, cookies[: row.sessions]) for row in GROWING}  # fmt: skip
        step("200 modules, 5 000 facts, 100 000 rows of progress")
        _python(env, "-m", "bench.seed", "large")
        with server(env, options.server) as (base, pid):
            results |= growth(base, pid, cookies, small, options)
            results |= searches(base, pid, cookies, options)
        step("4 linking 5 000 terms")
        results |= json.loads(_python(env, "-m", "bench.linking"))
        results |= _journal(env, options)
        results |= own_copy.rows(partial(_python, env))
        results |= _pairing(env)
    results |= _rooms(tiny, options)
    results |= _caucus(tiny, options)
    results |= _digest() | _desk()
    results["machine"] = {"cores": os.cpu_count(), "python": platform.python_version()}
    results["server"] = options.server
    report(results)
    if options.write:
        (ROOT / "bench" / "results.json").write_text(json.dumps(results, indent=2) + "\n")
    return 0


def _journal(env: dict[str, str], options: argparse.Namespace) -> dict[str, object]:
    step("the journal: seals, keys, 5 000 entries")
    found: dict[str, object] = json.loads(_python(env, "-m", "bench.journal_seed", "kernel"))
    written = json.loads(_python(env, "-m", "bench.journal_seed", "entries"))
    with server(env, options.server) as (base, pid):
        return found | journal.rows(base, pid, written, seconds=options.seconds, runs=options.runs)


def _rooms(tiny: Reading, options: argparse.Namespace) -> dict[str, object]:
    step("the rooms of buddies and commitments: few of each, then 100 times as many")
    with tempfile.TemporaryDirectory(prefix="lodestar-bench-") as folder:
        env = _environment(folder)
        _prepare(env, whole=False)
        return rooms.rows(
            partial(_python, env),
            partial(server, env, options.server),
            lambda url, pid, cookies: measure(url, pid, options, cookies),
            tiny,
        )


def _caucus(tiny: Reading, options: argparse.Namespace) -> dict[str, object]:
    step("7 conversations of a caucus: ten thousand posts, then a million")
    with tempfile.TemporaryDirectory(prefix="lodestar-bench-") as folder:
        env = _environment(folder)
        _prepare(env, whole=False)
        return caucus.rows(
            partial(_python, env),
            partial(server, env, options.server),
            lambda url, pid, cookies=(), posting="": measure(url, pid, options, cookies, posting),
            tiny,
        )


def _digest() -> dict[str, object]:
    step(f"a digest for {digest.MEMBERS} members, the worker killed half way")
    return digest.rows()


def _desk() -> dict[str, object]:
    step("the desk: one cohort, then 200")
    with tempfile.TemporaryDirectory(prefix="lodestar-bench-") as folder:
        env = _environment(folder)
        _prepare(env, whole=False)
        return desk.rows(env, partial(_python, env))


def _yardstick(env: dict[str, str], options: argparse.Namespace) -> tuple[Reading, float]:
    """The minimal Wagtail page of this server, and the memory of its two workers."""
    tiny_env = {**env, "DJANGO_SETTINGS_MODULE": "bench.tiny.settings"}
    with server(tiny_env, options.server) as (base, pid):
        return measure(f"{base}/yardstick/", pid, options), pss_mb(pid)


def _pairing(env: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for many, kept in ROUNDS:
        step(f"9 a round of {many} people")
        found |= json.loads(_python(env, "-m", "bench.pairing", str(many), str(kept)))
    return found


def _alone(env: dict[str, str], options: argparse.Namespace) -> int:
    """Only the rows of one part, put among those of the last whole run."""
    needs, part = ALONE[options.only]
    if needs == YARDSTICK:
        _prepare_yardstick(env)
    elif needs == DATABASE:
        _prepare(env, whole=False)
    found = part(env, options)
    report(found)
    if options.write:
        file = ROOT / "bench" / "results.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | found, indent=2) + "\n")
    return 0


NOTHING, DATABASE, YARDSTICK = "nothing", "database", "yardstick"
#: Parts that can be measured alone: what each needs before, and what gives its rows.
ALONE: dict[str, tuple[str, Callable[[dict[str, str], argparse.Namespace], dict[str, object]]]] = {
    "journal": (DATABASE, lambda env, options: _journal(env, options)),
    "own_copy": (DATABASE, lambda env, _: own_copy.rows(partial(_python, env), fill=True)),
    "rooms": (YARDSTICK, lambda env, options: _rooms(_yardstick(env, options)[0], options)),
    "caucus": (YARDSTICK, lambda env, options: _caucus(_yardstick(env, options)[0], options)),
    "digest": (NOTHING, lambda _env, _: _digest()),
    "pairing": (DATABASE, lambda env, _: _pairing(env)),
    "desk": (NOTHING, lambda _env, _: _desk()),
}


def _product(
    base: str, pid: int, cookies: tuple[str, ...], tiny: Reading, options: argparse.Namespace
) -> dict[str, object]:
    yardsticks = {"tiny": tiny, "hello": measure(f"{base}/bench/hello", pid, options)}
    rows: dict[str, object] = {name: asdict(reading) for name, reading in yardsticks.items()}
    for row in ROWS:
        reading = measure(f"{base}{row.path}", pid, options, cookies[: row.sessions])
        ratio = reading.per_second / yardsticks[row.against].per_second
        rows[row.name] = {
            **asdict(reading),
            f"of_{row.against}": round(ratio, 3),
            "aim": row.aim,
        }
        step(f"{row.name}: {ratio:.2f} of {row.against} (aim {row.aim})")
    rows |= alone(base, pid, cookies, options)
    rows["11 weight of a member's lesson"] = page_weight(base, LESSON, cookies[0])
    mixed = load(f"{base}{LESSON}", pid, seconds=options.seconds, connections=16, cookies=cookies)
    rows["the lesson for Dev at 16 connections"] = asdict(mixed)
    known, unknown = sign_in_times(base, rounds=options.sign_ins)
    rows["sign-in, wrong password"] = {
        "known_address_ms": round(known, 1),
        "unknown_address_ms": round(unknown, 1),
        "difference_ms": round(abs(known - unknown), 1),
        "aim_ms": 50,
    }
    return rows


def alone(
    base: str, pid: int, cookies: tuple[str, ...], options: argparse.Namespace
) -> dict[str, object]:
    """A member's lesson asked for by one connection."""
    reading = load(f"{base}{FORTY}", pid, seconds=options.seconds, connections=1, cookies=cookies)
    return {"3 the same, one connection": {**asdict(reading), "aim_p50_ms": SLOWEST_ALONE_MS}}


def growth(
    base: str, pid: int, cookies: tuple[str, ...], small: dict[str, Reading], options: argparse.Namespace
) -> dict[str, object]:  # fmt: skip
    """The processor time of pages in the large database, held against the small one."""
    found: dict[str, object] = {}
    for row in GROWING:
        reading = measure(f"{base}{row.path}", pid, options, cookies[: row.sessions])
        ratio = reading.cpu_ms / small[row.name].cpu_ms
        found[f"12 {row.name}, 200 modules"] = {**asdict(reading), "cpu_of_small": round(ratio, 2), "aim": MOST_GROWTH}  # fmt: skip
    return found


def searches(
    base: str, pid: int, cookies: tuple[str, ...], options: argparse.Namespace
) -> dict[str, object]:
    """The search over 2 000 lessons, one connection a worker: words that few paragraphs hold, that all hold, and wrong ones."""
    found: dict[str, object] = {}
    for _warming in range(
        8
    ):  # each worker reads the outline once, which takes longer than a load waits
        _fetch(f"{base}/search/?q={SEARCHES['a rare word']}", cookies[0])
    for name, words in SEARCHES.items():
        readings = [
            load(f"{base}/search/?q={words}", pid, seconds=options.seconds, connections=2, cookies=cookies)
            for _ in range(options.runs)
        ]  # fmt: skip
        reading = sorted(readings, key=lambda one: one.p95_ms)[options.runs // 2]
        found[f"13 search over 2 000 lessons, {name}"] = {**asdict(reading), "aim_p95_ms": SLOWEST_SEARCH_MS}  # fmt: skip
        step(f"13 search, {name}: p95 {reading.p95_ms:.0f} ms (aim {SLOWEST_SEARCH_MS})")
    return found


def page_weight(base: str, path: str, cookie: str) -> dict[str, int]:
    """Bytes of a page's HTML as made, and of the page with its style sheets and scripts as sent (compressed)."""
    html = _fetch(f"{base}{path}", cookie)
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html.decode()))
    parts = sum(len(_fetch(f"{base}{name}", cookie)) for name in named)
    return {
        "html": len(html), "aim_html": HEAVIEST_HTML, "whole_page": len(html) + parts, "aim_page": HEAVIEST_PAGE,
    }  # fmt: skip


def measure(
    url: str, pid: int, options: argparse.Namespace, cookies: tuple[str, ...] = (), posting: str = ""
) -> Reading:  # fmt: skip
    """The median run of several, after one that only warms up. Raises RuntimeError when a request failed."""
    load(url, pid, seconds=1, cookies=cookies, posting=posting)
    readings = [
        load(url, pid, seconds=options.seconds, cookies=cookies, posting=posting)
        for _ in range(options.runs)
    ]
    if any(reading.errors for reading in readings):
        raise RuntimeError(f"Some requests to {url} failed; a benchmark of failures says nothing.")
    middle = statistics.median(reading.per_second for reading in readings)
    return min(readings, key=lambda reading: abs(reading.per_second - middle))


@contextmanager
def server(env: dict[str, str], kind: str) -> Iterator[tuple[str, int]]:
    """Run the app server with two workers; gives its address and process id."""
    process = subprocess.Popen(command_of(kind), env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(150):
            try:
                urlopen(f"{base}/healthz", timeout=1)  # noqa: S310
                break
            except OSError as problem:
                if getattr(problem, "code", None):  # an answer is an answer: tiny has no such page
                    break
                time.sleep(0.2)
        yield base, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def command_of(kind: str) -> list[str]:
    """The command line of an app server on the benchmark's port."""
    here = Path(sys.executable).parent
    address = f"127.0.0.1:{PORT}"
    if kind == "granian":
        return [str(here / "granian"), "--interface", "wsgi", "--port", str(PORT), "--workers", "2",
                "--blocking-threads", "4", "--no-access-log", "config.wsgi:application"]  # fmt: skip
    gunicorn = [str(here / "gunicorn"), "-b", address, "-w", "2", "config.wsgi"]
    return [*gunicorn, "--threads", "4"] if kind == "gunicorn-threads" else gunicorn


def _environment(folder: str) -> dict[str, str]:
    (Path(folder) / "db").mkdir()
    return {
        **os.environ,
        "LODESTAR_VAR": folder,
        "SECRET_KEY": "benchmark-key-that-guards-nothing-and-is-long-enough-for-checks",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(ROOT),
    }


def _prepare(env: dict[str, str], *, whole: bool = True) -> None:
    step("setting up two databases")
    _manage(env, "migrate", "--noinput", "-v0")
    _manage(env, "migrate", "core", "--noinput", "-v0", "--database", "keys")
    _manage(env, "createcachetable")
    _manage(env, "load_curriculum")
    _manage(env, "load_demo")
    _manage(env, "collectstatic", "--noinput", "-v0")
    if whole:
        _python(env, "-m", "bench.seed", "linked")
        _python(env, "-m", "bench.seed", "relink")
        _prepare_yardstick(env)


def _prepare_yardstick(env: dict[str, str]) -> None:
    beside = {**env, "DJANGO_SETTINGS_MODULE": "bench.tiny.settings"}
    _manage(beside, "migrate", "--noinput", "-v0")
    _python(beside, "-m", "bench.seed", "tiny")


def _manage(env: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=env, cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode not in {0, 2}:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr}")


def _python(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def _fetch(url: str, cookie: str) -> bytes:
    headers = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"}
    with urlopen(Request(url, headers=headers), timeout=30) as answer:  # noqa: S310
        return bytes(answer.read())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sign-ins", type=int, default=200)
    parser.add_argument(
        "--server", default="granian", choices=["granian", "gunicorn-sync", "gunicorn-threads"]
    )
    parser.add_argument("--only", choices=[*ALONE], help="these rows alone")  # fmt: skip
    parser.add_argument("--no-write", dest="write", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
