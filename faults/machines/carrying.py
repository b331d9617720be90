"""What two web machines carry beside one: `python -m faults.machines.carrying`; by hand, on a machine that does nothing else.

Each web machine may use four tenths of one processor, so that this host has enough left for the database, the balancer and
what makes the load. One web machine and both take turns, five times each; the medians and their ratio go to bench/machines.json.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faults.browser import Browser
from faults.machines.__main__ import RESULTS
from faults.machines.parts import Part
from faults.machines.site import Site
from faults.surroundings import Broken, LeftOut

SHARE = 40_000  # microseconds of processor in each tenth of a second
GROUPS = Path("/sys/fs/cgroup")
PAGE = "/learn/how-redlining-worked/grading-a-city/"
TURNS, SECONDS, CONNECTIONS, WARM = 5, 6, 8, 3
AIM = 1.7


def main() -> int:
    """Build, let them take turns, print and write. 3 where this host cannot."""
    wrk = shutil.which("wrk")
    if wrk is None or not (GROUPS / "cgroup.procs").exists():
        print("Left out: this needs wrk, and control groups (version 2) that may be made.")
        return 3
    home = Path(tempfile.mkdtemp(prefix="lodestar-faults-carrying-"))
    home.chmod(0o711)
    site = Site(home)
    try:
        site.begin()
        with contextlib.ExitStack() as groups:
            for number, web in enumerate(site.webs):
                groups.enter_context(held(web, number))
            found = measured(wrk, site)
    except (LeftOut, Broken) as problem:
        print(f"Left out: {problem}")
        return 3
    finally:
        site.end()
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(found, indent=1))
    stored = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**stored, "carrying": found}, indent=1) + "\n")
    return int(found["ratio"] < AIM)


@contextlib.contextmanager
def held(web: Part, number: int) -> Iterator[None]:
    """A web machine that may use its share of one processor and no more."""
    group = GROUPS / f"lodestar-{web.name}"
    try:
        group.mkdir()
        (group / "cpu.max").write_text(f"{SHARE} 100000")
        for pid in web.processes():
            (group / "cgroup.procs").write_text(str(pid))
            subprocess.run(["taskset", "-a", "-p", "-c", str(number), str(pid)], capture_output=True, check=False)  # fmt: skip
    except OSError as problem:
        raise LeftOut(f"no control group can be made ({problem.strerror})") from None
    try:
        yield
    finally:
        for pid in web.processes():
            with contextlib.suppress(OSError):
                (GROUPS / "cgroup.procs").write_text(str(pid))
        with contextlib.suppress(OSError):
            group.rmdir()


def measured(wrk: str, site: Site) -> dict[str, Any]:
    """Requests a second of a member's lesson, through one web machine and through both."""
    dev = Browser(site.port, host=site.host)
    dev.sign_in("dev")
    cookie = "; ".join(f"{name}={value}" for name, value in dev.cookies.items())
    one, both = [], []
    load(wrk, site, cookie, WARM)
    for _turn in range(TURNS):
        site.balance(site.webs[:1])
        one.append(load(wrk, site, cookie, SECONDS))
        site.balance(site.webs)
        both.append(load(wrk, site, cookie, SECONDS))
    single, double = statistics.median(one), statistics.median(both)
    return {
        "page": "a member's lesson", "share_of_a_core": SHARE / 100_000, "one": one, "both": both,
        "median_one": single, "median_both": double, "ratio": round(double / single, 2), "aim": AIM,
    }  # fmt: skip


def load(wrk: str, site: Site, cookie: str, seconds: int) -> float:
    """Requests a second. Raises Broken when one was not answered with a page."""
    done = subprocess.run(
        [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Cookie: {cookie}", "-H", f"Host: localhost:{site.port}",
         f"http://{site.host}:{site.port}{PAGE}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in done or "Socket errors" in done:
        raise Broken(f"Not every request was answered with a page: {done[-300:]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    return float(rate[1]) if rate else 0.0


if __name__ == "__main__":
    sys.exit(main())
