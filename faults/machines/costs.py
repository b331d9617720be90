"""What a request costs on each of the machines: processor time of the web machines, the database, the store and the balancer.

The pages are loaded by wrk; the saves are five people's acts, one after the other. What the load itself takes is counted nowhere.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import psutil

from faults.acts import COMMITMENT, JOURNAL, Act, Person
from faults.machines.site import Site
from faults.surroundings import Broken

#: What is asked for, each as the member who is loaded with.
PAGES = {
    "a member's lesson": "/learn/how-redlining-worked/grading-a-city/",
    "Today": "/today/",
    "commitments": "/commitments/",
    "the page of a pair": "/buddy/",
    "a search": "/search/?q=redlining",
}
SAVES = {"an entry of the journal": JOURNAL, "a commitment": COMMITMENT}
TIMES = 150  # saves of each kind
Asked = Callable[[str], float]


def costs(site: Site, dev: Person, ask: Asked) -> dict[str, dict[str, float]]:
    """Milliseconds a request on each kind of machine, by what is asked for. `ask` loads a page and gives how many were answered."""
    found = {name: _cost(site, lambda path=path: ask(path)) for name, path in PAGES.items()}  # type: ignore[misc]
    for name, act in SAVES.items():
        found[name] = _cost(site, lambda act=act: _saved(dev, act))  # type: ignore[misc]
    return found


def _saved(person: Person, act: Act) -> float:
    """Fill the form in and send it so often; the page with the form is a part of the act. Raises Broken."""
    for number in range(TIMES):
        form = person.open(act, f"COST{number}")
        if form is None or not act.done(person.browser.post(act.to, form.values)):
            raise Broken(f"{act.kind} was not saved.")
    return TIMES


def _cost(site: Site, do: Callable[[], float]) -> dict[str, float]:
    before = _spent(site)
    answered = do()
    return {kind: round((after - before[kind]) * 1000 / answered, 2) for kind, after in _spent(site).items()}  # fmt: skip


def _spent(site: Site) -> dict[str, float]:
    """Seconds of processor time so far, by kind of machine. Connections are pooled, so no process of the database ends meanwhile."""
    kinds: dict[str, list[Any]] = {
        "web": list(site.webs), "database": [site.server], "store": [site.store], "balancer": [site.balancer], "worker": list(site.workers),
    }  # fmt: skip
    return {kind: sum(_seconds(pid) for part in parts for pid in part.processes()) for kind, parts in kinds.items()}  # fmt: skip


def _seconds(pid: int) -> float:
    with contextlib.suppress(psutil.Error):
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)
    return 0.0
