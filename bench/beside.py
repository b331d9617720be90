"""Pages held against a yardstick that is asked just before and just after each of them.

Other work on the machine comes and goes within minutes. A ratio of two readings that lie seconds apart says more than one of
two medians from different ends of an hour. Everything here is arithmetic on readings; `ask` is what makes one.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.load import Reading, load


@dataclass(frozen=True)
class Target:
    """An address of a running server, as whom it is asked, and what its page is held against."""

    url: str
    pid: int
    cookies: tuple[str, ...] = ()
    posting: str = ""
    connections: int = 8


@dataclass(frozen=True)
class Pace:
    """How long one reading takes in seconds, and how many there are of each page."""

    seconds: float = 3
    runs: int = 5


Ask = Callable[[Target], Reading]


@dataclass(frozen=True)
class Beside:
    """What came of one page: its middle reading, and for each run its requests and its processor time against the yardstick's."""

    reading: Reading
    ratios: tuple[float, ...]
    cpu_ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Requests a second, as a part of the yardstick's: the median of the runs."""
        return statistics.median(self.ratios)

    @property
    def cpu_ratio(self) -> float:
        """Processor time of a request, as a multiple of the yardstick's: the median of the runs."""
        return statistics.median(self.cpu_ratios)

    def row(self, yardstick: str, aim: float | None = None) -> dict[str, Any]:
        """A row of the table."""
        aims = {} if aim is None else {"aim": aim}
        return {
            **rounded(self.reading),
            f"of_{yardstick}": round(self.ratio, 3), **aims,
            "least_and_most": [round(min(self.ratios), 3), round(max(self.ratios), 3)],
        }  # fmt: skip


def asking(pace: Pace) -> Ask:
    """Ask with wrk for so many seconds. Raises RuntimeError when a request failed, or none was answered."""

    def ask(target: Target) -> Reading:
        reading = load(
            target.url, target.pid, seconds=pace.seconds, connections=target.connections,
            cookies=target.cookies, posting=target.posting,
        )  # fmt: skip
        if reading.errors:
            raise RuntimeError(f"{reading.errors} requests to {target.url} failed; a benchmark of failures says nothing.")  # fmt: skip
        if not reading.per_second:
            raise RuntimeError(f"{target.url} answered nothing within {pace.seconds:g} seconds. The machine is too busy to measure.")  # fmt: skip
        return reading

    return ask


def beside(pages: Sequence[tuple[Target, Target]], runs: int, ask: Ask) -> list[Beside]:
    """Each page with its yardstick, round by round: yardstick, page, yardstick, page …; one reading lies between two pages.

    Raises ZeroDivisionError when a yardstick answered nothing.
    """
    found: list[list[tuple[Reading, Reading, Reading]]] = [[] for _ in pages]
    for _round in range(runs):
        last: tuple[Target, Reading] | None = None
        for rows, (page, yardstick) in zip(found, pages, strict=True):
            before = last[1] if last and last[0] == yardstick else ask(yardstick)
            reading, after = ask(page), ask(yardstick)
            rows.append((before, reading, after))
            last = (yardstick, after)
    return [_held(rows) for rows in found]


def _held(rows: Sequence[tuple[Reading, Reading, Reading]]) -> Beside:
    ratios = tuple(page.per_second / _mean(before.per_second, after.per_second) for before, page, after in rows)  # fmt: skip
    cpu = tuple(page.cpu_ms / _mean(before.cpu_ms, after.cpu_ms) for before, page, after in rows)
    return Beside(middle([page for _before, page, _after in rows]), ratios, cpu)


def middle(readings: Sequence[Reading]) -> Reading:
    """The reading whose requests a second are nearest to the median."""
    wanted = statistics.median(one.per_second for one in readings)
    return min(readings, key=lambda one: abs(one.per_second - wanted))


def rounded(reading: Reading) -> dict[str, Any]:
    """The reading with as many digits as it has to say."""
    return {
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in asdict(reading).items()
    }


def _mean(one: float, other: float) -> float:
    return (one + other) / 2
