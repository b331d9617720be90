"""Whether the clock on the wall went on as time did. What is deleted by age must not go because a clock was set wrong.

Time itself is the machine's count since it was switched on, which also counts while it sleeps and which nobody can set.
"""

from __future__ import annotations

import time
from datetime import timedelta

#: A smaller step is a correction. Clocks that change for summer are none: what counts here has no time zone.
LEAP = 3600.0  # seconds
#: After this long a clock that leapt ahead and stayed there is taken for the right one.
DOUBT = timedelta(days=1).total_seconds()


class SteadyClock:
    """Made when a process begins; asked again and again."""

    def __init__(self) -> None:
        self._ahead = self._difference()
        self._doubts_since: float | None = None

    def has_leapt_ahead(self) -> bool:
        """Whether the clock is further ahead than time can have made it, for as long as that is in doubt.

        A clock that is set right again ends it at once, and so does a day in which it stayed where it is.
        """
        if self._difference() - self._ahead < LEAP:
            self._doubts_since = None
            return False
        self._doubts_since = self._doubts_since or self._counted()
        if self._counted() - self._doubts_since < DOUBT:
            return True
        self._ahead, self._doubts_since = self._difference(), None
        return False

    def _difference(self) -> float:
        return self._wall() - self._counted()

    @staticmethod
    def _wall() -> float:
        return time.time()

    @staticmethod
    def _counted() -> float:
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
