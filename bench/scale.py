"""What follows for many members from what was measured: the arithmetic of docs/scale.md, and nothing that was not measured or assumed there.

Costs of a request come from bench/machines.json (`faults.machines.carrying`), the rest from bench/results.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.aims import read
from bench.charts import shown

MACHINES = Path(__file__).resolve().parent / "machines.json"
SIZES = (10_000, 100_000, 1_000_000)

# What is assumed; docs/scale.md says each of them in words, and whoever knows better changes it here.
PRESENT = 0.1  # of the members are there in the busiest hour
PAUSE = 20.0  # seconds from one request of theirs to the next
MIX = {"reading": 0.7, "saving": 0.2, "searching": 0.1}  # of requests, as in the soak
SIGN_INS = 0.5  # of those who are there sign in within that hour, with a password
LOAD = 0.6  # of a processor that is used; the rest is for what comes all at once
PROCESSORS, PROCESSES = (
    2,
    2,
)  # of a web machine: its processors, and the processes of its web server
POOL, DATABASES = 6, 2  # DATABASE_POOL, and the databases it is kept to by each process
CONNECTIONS, KEPT_BACK = (
    100,
    3,
)  # PostgreSQL's own max_connections, and how many of them it keeps for its keeper
WORKERS, OF_A_WORKER = 2, 4  # worker machines, and the connections of each
NIGHT = 4.0  # hours in which a digest for everybody is to be out
COHORT = 50  # people
YEAR_KB = {
    "entries": (100, 3.0),
    "check-ins": (26, 2.0),
    "posts and replies": (100, 1.0),
    "notices": (500, 0.3),
}

KINDS = {
    "a member's lesson": "reading", "Today": "reading", "commitments": "reading", "the page of a pair": "reading",
    "an entry of the journal": "saving", "a commitment": "saving", "a search": "searching",
}  # fmt: skip

KINDS_OF_MACHINES = ("web", "database", "store", "balancer", "worker")


@dataclass(frozen=True)
class Limit:
    """Something that is used up when there are so many members, and what helps then."""

    what: str
    members: float
    remedy: str


@dataclass(frozen=True)
class Measured:
    """What the arithmetic begins with: milliseconds of processor time a request by machine, and figures of the benchmark."""

    costs: Mapping[str, Mapping[str, float]]
    password_ms: float
    writes_a_second: float
    mails_a_second: float
    count_seconds: float
    stored_of_typed: float

    def of(self, machine: str) -> float:
        """Milliseconds that a request costs there, in the mix that is assumed."""
        found = 0.0
        for kind, share in MIX.items():
            rows = [cost[machine] for name, cost in self.costs.items() if KINDS[name] == kind]
            found += share * sum(rows) / len(rows)
        return found


def measured() -> Measured | None:
    """What was measured last; None while something of it was not."""
    results, machines = read(), json.loads(MACHINES.read_text())
    try:
        count = results["20 the weekly count, 10 000 members in 200 cohorts"]
        sealed = results["16 sealing a field of 3 KB"]
        return Measured(
            machines["costs_ms"],
            results["17 equal time: sign-in, wrong password"]["known_ms"],
            results["8 the plain write of one row, PostgreSQL"]["per_second"],
            results["14 a digest for 10000 members, the worker killed half way"][
                "mails_per_second"
            ],
            count["seconds"] / count["cohorts"],
            sealed["stored_bytes"] / 3_000,
        )
    except KeyError:
        return None


def a_second(members: float) -> float:
    """Requests a second in the busiest hour."""
    return members * PRESENT / PAUSE


def processors(found: Measured, machine: str, members: float) -> float:
    """Processors that a kind of machine needs in all, no more than `LOAD` of each used. Passwords are hashed on web machines."""
    spent = a_second(members) * found.of(machine) / 1000
    if machine == "web":
        spent += members * PRESENT * SIGN_INS / 3600 * found.password_ms / 1000
    return spent / LOAD


def webs(found: Measured, members: float) -> int:
    """Web machines that are needed, and one more, so that one may be away."""
    return math.ceil(processors(found, "web", members) / PROCESSORS) + 1


def connections(found: Measured, members: float) -> int:
    """Connections to PostgreSQL that the pools of all web machines and the workers may open."""
    return webs(found, members) * PROCESSES * POOL * DATABASES + WORKERS * OF_A_WORKER


def gigabytes(found: Measured, members: float) -> float:
    """What one year of everybody adds to the databases, without indexes."""
    typed = sum(many * size for many, size in YEAR_KB.values())
    return members * typed * found.stored_of_typed / 1_000_000


def digest_hours(found: Measured, members: float) -> float:
    """Hours in which one worker sends everybody a digest."""
    return members / found.mails_a_second / 3600


def count_minutes(found: Measured, members: float) -> float:
    """Minutes of one worker for the weekly count of all cohorts."""
    return members / COHORT * found.count_seconds / 60


def limits(found: Measured) -> list[Limit]:
    """What is used up first, second and so on, as members come."""

    def fits(machine: str, many: float) -> float:
        return many / processors(found, machine, 1)

    one = PROCESSORS / sum(processors(found, machine, 1) for machine in KINDS_OF_MACHINES)
    per_web = PROCESSORS / processors(found, "web", 1)
    pools = (CONNECTIONS - KEPT_BACK - WORKERS * OF_A_WORKER) // (PROCESSES * POOL * DATABASES)
    writes = found.writes_a_second * LOAD / (MIX["saving"] / (PAUSE / PRESENT))
    return sorted(
        [
            Limit("one machine with two processors for everything", one, "a second machine: the database on one of its own"),
            Limit("three web machines with two processors each, of which one may be away", 2 * per_web, "more web machines; nothing on them is their own"),
            Limit(f"PostgreSQL’s own {CONNECTIONS} connections", (pools - 1) * per_web, "`max_connections` as this page says, or a smaller `DATABASE_POOL`"),
            Limit("two processors for the database", fits("database", 2), "more processors for it; public pages from a replica"),
            Limit("eight processors for the database", fits("database", 8), "several installations: a region or some initiatives each"),
            Limit(f"one worker, a digest for everybody in {NIGHT:.0f} hours", found.mails_a_second * NIGHT * 3600, "more workers; each takes what no other has"),
            Limit("one worker, the weekly count of all cohorts in an hour", 60 / count_minutes(found, 1), "it may take longer: what it counts is a week old by its nature"),
            Limit("writes that one disk makes durable", writes, "a faster disk, then several installations"),
            Limit("one processor for the balancer", fits("balancer", 1), "a second processor for it; it works with as many as it has"),
            Limit("one processor for the store", fits("store", 1), "none is needed: without it the rows are read (adr/0019)"),
        ],
        key=lambda one: one.members,
    )  # fmt: skip


def costs_table(found: Measured) -> str:
    """What a request costs on each machine."""
    kinds = KINDS_OF_MACHINES
    lines = [f"| a request | {' | '.join(kinds)} |", f"|---|{'--:|' * len(kinds)}"]
    for name, cost in found.costs.items():
        lines.append(f"| {name} | {' | '.join(f'{cost[kind]:.2f}' for kind in kinds)} |")
    mixed = " | ".join(f"**{found.of(kind):.2f}**" for kind in kinds)
    return "\n".join([*lines, f"| **in the mix** | {mixed} |"])


def sizes_table(found: Measured) -> str:
    """What each number of members asks for."""

    def line(name: str, value: Any, unit: str = "") -> str:
        return f"| {name} | {' | '.join(f'{value(members)}{unit}' for members in SIZES)} |"

    def amount(value: float) -> str:
        return shown(value) if value < 10 else _spaced(value)

    return "\n".join(
        [
            f"| members | {' | '.join(map(_spaced, SIZES))} |",
            f"|---|{'--:|' * len(SIZES)}",
            line("requests a second, busiest hour", lambda n: amount(a_second(n))),
            line("processors for web machines", lambda n: amount(processors(found, "web", n))),
            line("web machines with two each", lambda n: webs(found, n)),
            line("processors for the database", lambda n: amount(processors(found, "database", n))),
            line("connections to it, at most", lambda n: _spaced(connections(found, n))),
            line("durable writes a second", lambda n: amount(a_second(n) * MIX["saving"])),
            line("processors for the balancer", lambda n: amount(processors(found, "balancer", n))),
            line("processors for the store", lambda n: amount(processors(found, "store", n))),
            line("a digest for all, one worker, hours", lambda n: amount(digest_hours(found, n))),
            line("weekly count, one worker, minutes", lambda n: amount(count_minutes(found, n))),
            line("databases grow in a year, GB", lambda n: amount(gigabytes(found, n))),
        ]
    )


def limits_table(found: Measured) -> str:
    """What is used up, in turn, and what helps."""
    lines = ["| what is used up | at members | what helps |", "|---|--:|---|"]
    lines += [f"| {one.what} | {_spaced(_rounded(one.members))} | {one.remedy} |" for one in limits(found)]  # fmt: skip
    return "\n".join(lines)


def breaks(found: Measured) -> str:
    """For each size what breaks first on the way there from the one before, what helps, and what comes next."""
    lines, before = [], 0
    for members in SIZES:
        on_the_way = [one for one in limits(found) if before < one.members <= members]
        ahead = next((one for one in limits(found) if one.members > members), None)
        said = "nothing of this is used up."
        if on_the_way:
            first, *more = on_the_way
            said = f"first {first.what} is not enough; what helps: {first.remedy}."
            said += f" Then: {'; '.join(one.what for one in more)}." if more else ""
        coming = f" The next is {ahead.what}, at {_spaced(_rounded(ahead.members))}." if ahead else ""  # fmt: skip
        lines.append(f"- **{_spaced(members)} members**: {said}{coming}")
        before = members
    return "\n".join(lines)


def carried() -> str:
    """What two web machines carry beside one."""
    row = json.loads(MACHINES.read_text()).get("carrying")
    if row is None:
        return "Not measured."
    return (
        f"One web machine with {row['share_of_a_core']:.1f} of a processor answers {row['median_one']:.0f} requests a second ({row['page']}), two with "
        f"as much each {row['median_both']:.0f}: **{row['ratio']:.2f} times** (the aim is {row['aim']}). Medians of {len(row['one'])}, taken in turn."
    )


def parts() -> dict[str, str]:
    """What stands between the markers of docs/scale.md."""
    found = measured()
    if found is None:
        return dict.fromkeys(("costs", "sizes", "limits", "breaks"), "Not measured yet.") | {"carrying": carried()}  # fmt: skip
    return {
        "costs": costs_table(found), "sizes": sizes_table(found), "limits": limits_table(found), "breaks": breaks(found), "carrying": carried(),
    }  # fmt: skip


def _spaced(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def _rounded(number: float) -> float:
    """To two digits: the arithmetic knows no more."""
    size = 10 ** max(0, math.floor(math.log10(number)) - 1)
    return round(number / size) * size
