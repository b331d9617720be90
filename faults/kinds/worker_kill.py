"""H1: a process of the web server is killed while people save; sometimes both are, one shortly after the other."""

from __future__ import annotations

import signal
import time

from faults.case import Case, Kind
from faults.surroundings import send_signal


def kill(case: Case) -> None:
    """Kill one, or two at a short distance."""
    workers = case.site.web_workers()
    case.rng.shuffle(workers)
    many = min(case.rng.choice((1, 1, 2)), len(workers))
    for pid in workers[:many]:
        time.sleep(case.rng.uniform(0, 0.4))
        send_signal(pid, signal.SIGKILL)
    case.happened(f"{many} of {len(workers)} web workers killed")


def two_again(case: Case) -> None:
    """Those who were killed have been replaced."""
    until = time.monotonic() + 10
    while len(case.site.web_workers()) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    if len(case.site.web_workers()) < 2:
        case.verdict.faults.append("a killed web worker did not come back within 10 s")


KIND = Kind("worker-kill", "a web worker killed during saves", kill, two_again)
