"""The desk with 10 000 members in 200 cohorts: its pages, the weekly count, a file of 10 000 people, and a member's copy.

Pages are asked for in one process, first with one cohort of fifty and then with two hundred, so that a ratio says what the size
of the site costs. The file is carried out by real workers, the first of which is killed half way. By `bench.run --only desk`.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.measuring import Bench
from bench.site import Python
from bench.telling import step

ROOT = Path(__file__).resolve().parent.parent
MOST_QUERIES = 15
MOST_GROWTH = (
    1.5  # times the processor time beside one cohort; a search and a number of all look at more
)
MOST_RISE_MB = 25  # of a worker with a file of 10 000 rows above one without, and of a copy with 5 000 entries above one with 50
MOST_OF_A_PAGE = 1.2  # row 12, although a list of one cohort does not fill its page
SIZE = "10 000 members in 200 cohorts"


def rows(bench: Bench) -> dict[str, Any]:
    """All rows, on a site of its own."""
    with bench.site() as site:
        return _measured(site.env, site.python)


def _measured(env: dict[str, str], python: Python) -> dict[str, Any]:
    def asked(*words: str, of: str = "seed") -> Any:
        return json.loads(python("-m", f"bench.desk_{of}", *words))

    asked("fill", "1")
    small = asked("pages")
    one = asked("count")
    step(SIZE)
    filled = asked("fill", "200")
    large = asked("pages")
    found = _pages(small, large, filled)
    found[f"20 the weekly count, {SIZE}"] = _count(one, asked("count"))
    step("a file of 10 000 people; its worker is killed half way")
    found["21 a file of 10 000 people, the worker killed half way"] = _imported(
        env, partial(asked, of="files")
    )
    found["22 the weekly count of a cohort with 5 000 people"] = asked("count", of="files")
    step("files of 10 000 rows that nobody can use")
    found |= {
        f"23 a file of 10 000 rows: {name}": row for name, row in asked("bad", of="files").items()
    }
    step("a member's own copy with 50 entries, and with 5 000")
    found["24 an own copy, 50 and 5 000 entries of 3 KB"] = _copies(python, asked)
    return found


def _pages(small: dict[str, Any], large: dict[str, Any], filled: dict[str, Any]) -> dict[str, object]:  # fmt: skip
    found: dict[str, object] = {"19 the desk": filled}
    for name, many in large.items():
        few = small[name]
        found[f"19 {name}, {SIZE}"] = {
            "queries": many["queries"], "queries_beside_one_cohort": few["queries"], "aim_queries": MOST_QUERIES,
            "cpu_ms": many["cpu_ms"], "cpu_of_small": round(many["cpu_ms"] / few["cpu_ms"], 2), "aim": MOST_OF_A_PAGE,
            "bytes": many["bytes"],
        }  # fmt: skip
    return found


def _count(one: dict[str, Any], many: dict[str, Any]) -> dict[str, object]:
    """What counting one cohort takes beside 199 others, held against the same when it was alone."""
    return {
        **many,
        "cpu_of_small": round(many["cpu_ms_each"] / one["cpu_ms_each"], 2), "aim": MOST_GROWTH,
        "queries_each_alone": one["queries_each"],
    }  # fmt: skip


def _imported(env: dict[str, str], asked: Callable[..., Any]) -> dict[str, object]:
    """The worker reads the file, is started, killed, and followed by another one; then everything is counted."""
    idle = _worker(env, lambda: time.sleep(12))
    began = time.monotonic()
    asked("send")
    first = _worker(env, lambda: asked("wait", "read"))
    read = time.monotonic() - began
    asked("start")
    second = _worker(env, lambda: asked("wait", "half"))
    third = _worker(env, lambda: asked("wait", "all"))
    peak = max(first["peak_mb"], second["peak_mb"], third["peak_mb"])
    return {
        "reading_seconds": round(read, 1),
        "seconds": round(second["seconds"] + third["seconds"], 1),
        **asked("imported"),
        "peak_mb": round(peak, 1), "peak_rose_mb": round(peak - idle["peak_mb"], 1), "aim_peak_rose_mb": MOST_RISE_MB,
    }  # fmt: skip


def _worker(env: dict[str, str], until: Callable[[], object]) -> dict[str, float]:
    """Run a worker until that returns, then kill it in the middle of whatever it does; how long it ran, and its highest memory."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"], env=env, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    began = time.monotonic()
    try:
        until()
        if process.poll() is not None:
            raise RuntimeError("The worker has ended by itself; nothing was measured.")
        return {"seconds": time.monotonic() - began, "peak_mb": _peak_mb(process.pid)}
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _peak_mb(pid: int) -> float:
    """The most memory that a process has had at once."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _copies(python: Python, asked: Callable[..., Any]) -> dict[str, object]:
    asked("entries")
    few, many = (json.loads(python("-m", "bench.own_copy", name)) for name in ("elu", "dev"))
    return {
        "entries": [few["entries"], many["entries"]],
        "seconds": [few["seconds"], many["seconds"]],
        "megabytes": many["megabytes"],
        "peak_mb": [few["memory_mb"], many["memory_mb"]],
        "peak_rose_mb": round(many["memory_mb"] - few["memory_mb"], 1), "aim_peak_rose_mb": MOST_RISE_MB,
    }  # fmt: skip
