"""Whether the clock on the wall went on as time did. What is deleted by age must not go because a clock was set wrong.

Time itself is the machine's count since it was switched on, which also counts while it sleeps and which nobody can set. What was
known of both at the last look is kept in a small file, so that a process that begins anew after a leap knows of it:

- While the machine has not been switched off, the count tells a leap exactly, however often processes end and begin.
- After another start of the machine the count has begun anew, and nobody knows how long it was off. More than two days on the
  clock are in doubt then. The site may simply have been off for so long: what is too old goes a day later, and is kept till then.

Where the file cannot be read or written, a process knows what it has seen itself, and a new one doubts nothing. Nothing fails by it.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

#: A smaller step is a correction. Clocks that change for summer are none: what counts here has no time zone.
LEAP = 3600.0  # seconds
#: For so long a machine that was switched off may have been off without a doubt about its clock.
OFF = timedelta(days=2).total_seconds()
#: After this long a clock that leapt ahead and stayed there is taken for the right one.
DOUBT = timedelta(days=1).total_seconds()
#: While nothing changes the file is written no more often.
WRITTEN_EVERY = 60.0  # seconds of the count
BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Seen:
    """What was known at the last look, all in seconds."""

    boot: (
        str  # which start of the machine the count belongs to; empty where the kernel does not say
    )
    counted: float  # the count then
    believed: float  # the time of day then, as far as it was believed
    ahead: float  # how far the clock on the wall is ahead of the count when it goes right
    may_differ: float  # and by how much more it may be without a doubt
    doubts_since: float | None = None  # the count since which it is in doubt


class SteadyClock:
    """Made when a process begins; asked again and again. With `file` it goes on from what other processes have seen."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._seen: Seen | None = None
        self.has_leapt_ahead()  # what it goes by from now on

    def has_leapt_ahead(self) -> bool:
        """Whether the clock is further ahead than time can have made it, for as long as that is in doubt.

        A clock that is set right again ends it at once, and so does a day in which it stayed where it is.
        """
        filed = self._read()
        self._seen = seen = self._look(self._newer(filed))
        if filed is None or _is_news(filed, seen):
            self._write(seen)
        return seen.doubts_since is not None

    def _look(self, last: Seen | None) -> Seen:
        boot, counted, wall = self._boot(), self._counted(), self._wall()
        if last is None:
            return Seen(boot, counted, wall, wall - counted, LEAP)
        if counted < last.counted or _are_two(boot, last.boot):
            last = _after_another_boot(last, boot, counted)
        boot = boot or last.boot
        fresh = Seen(boot, counted, wall, wall - counted, LEAP)
        further = fresh.ahead - last.ahead
        if further < last.may_differ:
            # The machine was off for so long. But a clock that is behind what it said before is not right yet.
            if last.may_differ > LEAP and further >= 0:
                return fresh
            return replace(fresh, ahead=last.ahead, may_differ=last.may_differ)
        since = counted if last.doubts_since is None else last.doubts_since
        if counted - since >= DOUBT:
            return fresh
        return Seen(boot, counted, last.ahead + counted, last.ahead, last.may_differ, since)

    def _newer(self, filed: Seen | None) -> Seen | None:
        """What is in the file, unless this process has seen more since: it writes not every time, and may not be able to."""
        own = self._seen
        if own is None or filed is None or _are_two(own.boot, filed.boot):
            return own or filed
        return filed if filed.counted >= own.counted else own

    def _read(self) -> Seen | None:
        try:
            return (
                _checked(json.loads(self._file.read_text(encoding="ascii"))) if self._file else None
            )
        except (OSError, ValueError, TypeError):
            return None

    def _write(self, seen: Seen) -> None:
        if self._file is None:
            return
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_text(json.dumps(asdict(seen), indent=1) + "\n", encoding="ascii")
            draft.replace(self._file)

    @staticmethod
    def _boot() -> str:
        try:
            return BOOT.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""

    @staticmethod
    def _wall() -> float:
        return time.time()

    @staticmethod
    def _counted() -> float:
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def clock_here() -> SteadyClock:
    """The clock of this machine, as all processes of the site on it know it; as whoever asks knows it, where no file is set."""
    if settings.CLOCK_NOTE is None:
        return SteadyClock()
    file = Path(settings.CLOCK_NOTE)
    if file not in _clocks:
        _clocks[file] = SteadyClock(file)
    return _clocks[file]


_clocks: dict[Path, SteadyClock] = {}


def _are_two(boot: str, other: str) -> bool:
    """Whether these are two starts of the machine for sure."""
    return bool(boot and other and boot != other)


def _after_another_boot(last: Seen, boot: str, counted: float) -> Seen:
    """What is still known when the count began anew: that it is later than it was, and how long there was a doubt before."""
    since = last.doubts_since
    return replace(
        last,
        boot=boot,
        ahead=last.believed,
        may_differ=OFF,
        doubts_since=None if since is None else counted - (last.counted - since),
    )


def _is_news(filed: Seen, seen: Seen) -> bool:
    """Whether it has to be written: something changed, or the last time is a minute ago."""
    is_same = replace(seen, counted=filed.counted, believed=filed.believed) == filed
    return not is_same or seen.counted - filed.counted >= WRITTEN_EVERY


def _checked(found: Any) -> Seen:
    """What a file holds. Raises TypeError where it is not what we write."""
    seen = Seen(**found)
    numbers = (seen.counted, seen.believed, seen.ahead, seen.may_differ, seen.doubts_since or 0.0)
    if not isinstance(seen.boot, str) or not all(isinstance(one, int | float) for one in numbers):
        raise TypeError("Another file is in its place.")
    return seen
