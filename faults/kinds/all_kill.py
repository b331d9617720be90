"""H2: the supervisor and everything it started are killed, and the site is started again."""

from __future__ import annotations

import time

from faults.case import Case, Kind


def kill(case: Case) -> None:
    """Kill everything, wait as long as somebody needs to notice, start again."""
    case.site.kill()
    time.sleep(case.rng.uniform(0, 0.5))
    case.happened(
        "everything killed and started again"
    )  # the start itself is a part of the recovery
    case.site.launch()


KIND = Kind("all-kill", "everything killed, then started", kill)
