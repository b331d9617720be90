"""What two web machines carry beside one, and what a request costs on each: `python -m faults.machines.carrying`, by hand.

On a machine that does nothing else. Each web machine may use four tenths of one processor, another one each, so that this host has
enough left for the database, the balancer and what makes the load. One web machine and both take turns, five times each; the
medians, their ratio and the costs (`costs.py`) go to bench/machines.json.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
from typing import Any

from faults.acts import Person
from faults.browser import Browser
from faults.machines.__main__ import RESULTS
from faults.machines.costs import PAGES, costs
from faults.machines.shares import held_on
from faults.machines.site import Site, built
from faults.surroundings import Broken, LeftOut

SHARE = 0.4  # of one processor
TURNS, SECONDS, CONNECTIONS, WARM = 5, 6, 8, 3
AIM = 1.7


def main() -> int:
    """Build, let them take turns, print and write. 3 where this host cannot."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("Left out: this needs wrk.")
        return 3
    try:
        with built() as site:
            found = measured(wrk, site)
    except LeftOut as why:
        print(f"Left out: {why}.")
        return 3
    except Broken as problem:
        print(f"It could not be measured: {problem}")
        return 1
    print(json.dumps(found, indent=1))
    stored = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**stored, **found}, indent=1) + "\n")
    return int(found["carrying"]["ratio"] < AIM)


def measured(wrk: str, site: Site) -> dict[str, Any]:
    """First what requests cost, then what one machine carries and what two do."""
    dev = Browser(site.port, host=site.host)
    dev.sign_in("dev")
    cookie = "; ".join(f"{name}={value}" for name, value in dev.cookies.items())

    def ask(path: str, seconds: float = SECONDS) -> tuple[float, float]:
        return load(wrk, site, path, cookie, seconds)

    for path in PAGES.values():
        ask(path, WARM)
    cost = costs(site, Person("dev", dev), lambda path: ask(path)[0])
    with contextlib.ExitStack() as groups:
        for number, web in enumerate(site.webs):
            groups.enter_context(held_on(web, number, SHARE))
        return {"costs_ms": cost, "carrying": _in_turn(site, ask)}


def _in_turn(site: Site, ask: Any) -> dict[str, Any]:
    """Requests a second of a member's lesson, through one web machine and through both."""
    name, path = next(iter(PAGES.items()))
    one: list[float] = []
    both: list[float] = []
    for _turn in range(TURNS):
        for webs, rates in ((site.webs[:1], one), (site.webs, both)):
            site.balance(webs)
            ask(path, 1)
            rates.append(ask(path)[1])
    single, double = statistics.median(one), statistics.median(both)
    return {
        "page": name, "share_of_a_core": SHARE, "one": one, "both": both,
        "median_one": single, "median_both": double, "ratio": round(double / single, 2), "aim": AIM,
    }  # fmt: skip


def load(wrk: str, site: Site, path: str, cookie: str, seconds: float) -> tuple[float, float]:
    """How many requests were answered, and how many a second. Raises Broken when one was not answered with a page."""
    done = subprocess.run(
        [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-H", f"Cookie: {cookie}", "-H", f"Host: localhost:{site.port}",
         f"http://{site.host}:{site.port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    many, rate = re.search(r"(\d+) requests in", done), re.search(r"Requests/sec:\s+([\d.]+)", done)
    if "Non-2xx" in done or "Socket errors" in done or not many or not rate or not int(many[1]):
        raise Broken(f"Not every request for {path} was answered with a page: {done[-300:]}")
    return float(many[1]), float(rate[1])


if __name__ == "__main__":
    sys.exit(main())
