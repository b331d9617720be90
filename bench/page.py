"""Writes the tables and charts of docs/performance.md from bench/results.json, so that its numbers are those of the file, and
the arithmetic of docs/scale.md.

Usage: python -m bench.page [--check]     `--check` writes nothing; exit status 1 when the page says something else
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import scale
from bench.aims import AIMS, Held, held, read, read_postgresql
from bench.charts import Bar, chart, shown

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, SCALE, CHARTS = DOCS / "performance.md", DOCS / "scale.md", DOCS / "charts"
PART = re.compile(r"(<!-- measured: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
TITLES = {
    "ratios": "Speed beside the yardsticks", "growth": "With 100 times the data", "processor": "Processor time of a request",
    "soak": "The soak: 95 in 100 are answered within",
}  # fmt: skip
PROCESSOR = (
    "hello", "tiny", "1 a public lesson with 40 terms, signed out, warm", "2 the same, nothing kept",
    "3 the same for a member, 16 sessions", "6 Today, with a buddy", "6 the page of a pair", "6 my commitments",
    "7 a conversation of a caucus, 20 posts", "8 saving an entry, SQLite",
)  # fmt: skip


def main() -> int:
    """Write all, or say what differs."""
    results = read()
    page = PAGE.read_text()
    wanted = {PAGE: filled(page, results), SCALE: with_parts(SCALE.read_text(), scale.parts())} | {
        CHARTS / f"{name}.svg": drawn for name, drawn in charts(results).items()
    }
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} does not say what the files of results say. Run python -m bench.page.")  # fmt: skip
        return 1 if stale else 0
    CHARTS.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(wanted[path])
    print(f"{len(stale)} files written.")
    return 0


def filled(page: str, results: Mapping[str, Any]) -> str:
    """The page with what was measured between its markers. Raises KeyError for a marker that nobody knows."""
    parts = {
        "how": how(results), "aims": aims_table(results), "rows": rows_table(results, read_postgresql()), "missed": missed(results),
        "charts": pictures(results),
    }  # fmt: skip
    return with_parts(page, parts)


def with_parts(page: str, parts: Mapping[str, str]) -> str:
    """The page with these parts between its markers. Raises KeyError for a marker that nobody knows."""
    return PART.sub(lambda found: f"{found[1]}{parts[found['name']]}\n{found[3]}", page)


def how(results: Mapping[str, Any]) -> str:
    """On what machine, how long, how busy it was."""
    machine = results["machine"]
    load = machine.get("load_before_and_after", ["?", "?"])
    again = ", ".join(machine.get("again", ()))
    whole = (
        "One run of all parts." + (f" Measured again alone since then: {again}." if again else "")
        if machine.get("whole")
        else "Put together from runs of single parts, some of them on a busy machine: read the ratios, not the figures."
    )
    return (
        f"{whole} {machine['cores']} processors, Python {machine['python']}, {machine.get('server', 'granian')}; "
        f"{machine.get('runs', '?')} readings of {machine.get('seconds', '?')} seconds a row; load of the machine {load[0]} before and {load[1]} after."
    )  # fmt: skip


def aims_table(results: Mapping[str, Any]) -> str:
    """A line for each row that is aimed at: what is asked for, and how much of it is kept."""
    lines = ["| # | aim | kept |", "|--:|---|---|"]
    every = held(results)
    for number, aim in AIMS.items():
        mine = [one for one in every if one.number == number]
        kept = sum(one.is_met for one in mine)
        said = f"{kept} of {len(mine)}" if mine else "not measured yet"
        lines.append(f"| {number} | {aim} | {said} |")
    return "\n".join(lines)


def rows_table(results: Mapping[str, Any], postgresql: Mapping[str, Any]) -> str:
    """A line for each row with an aim, its figures beside what is aimed at, and what was measured on PostgreSQL."""
    lines = [
        "| row | requests/s | p95 ms | CPU ms | measured | aim | | on PostgreSQL |",
        "|---|--:|--:|--:|---|---|---|---|",
    ]
    elsewhere = _by_row(postgresql)
    for name, values in _by_row(results).items():
        row = results[name]
        figures = (_figure(row, key) for key in ("per_second", "p95_ms", "cpu_ms"))
        measured = ", ".join(f"{shown(one.value)} {one.unit}" for one in values)
        aims = ", ".join(f"{'≥' if one.at_least else '≤'} {shown(one.aim)}" for one in values)
        fine = "yes" if all(one.is_met for one in values) else "**no**"
        other = ", ".join(_with_word(one) for one in elsewhere.get(name, ())) or "not measured"
        lines.append(f"| {name} | {' | '.join(figures)} | {measured} | {aims} | {fine} | {other} |")
    return "\n".join(lines)


def _by_row(results: Mapping[str, Any]) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for one in held(results):
        found.setdefault(one.row, []).append(one)
    return found


def _with_word(one: Held) -> str:
    return f"{shown(one.value)} {one.unit}{'' if one.is_met else ' (**no**)'}"


def missed(results: Mapping[str, Any]) -> str:
    """What does not keep to its aim, a line each."""
    lines = [
        f"- {one.row}: {shown(one.value)} {one.unit}, the aim is {'at least' if one.at_least else 'at most'} {shown(one.aim)}."
        for one in held(results)
        if not one.is_met
    ]
    return "\n".join(lines) or "Nothing: every row keeps to its aim."


def pictures(results: Mapping[str, Any]) -> str:
    """The charts where the page shows them, each with its title for whoever does not see it."""
    return "\n\n".join(f"![{TITLES[name]}](charts/{name}.svg)" for name in charts(results))


def charts(results: Mapping[str, Any]) -> dict[str, str]:
    """The charts by name."""
    every = held(results)
    speed = [one for one in every if one.at_least]
    grown = [one for one in every if one.what == "cpu_of_small" and one.number in (7, 12, 19)]
    spent = [Bar(_label(name), results[name]["cpu_ms"], " ms") for name in PROCESSOR if "cpu_ms" in results.get(name, {})]  # fmt: skip
    found = {
        "ratios": chart(TITLES["ratios"], "Requests a second as a part of those of the row's yardstick. Longer is better.", _bars(speed)),
        "growth": chart(TITLES["growth"], "Processor time of a request as a multiple of that with little data. Shorter is better.", _bars(grown)),
        "processor": chart(TITLES["processor"], "Milliseconds, all of the server. Shorter is better.", spent),
    }  # fmt: skip
    soak = [one for one in every if one.number == 18 and one.what == "p95_ms"]
    if soak:
        found["soak"] = chart(TITLES["soak"], "Milliseconds from the moment at which a request was due.", _bars(soak))  # fmt: skip
    return found


def _bars(values: Sequence[Held]) -> list[Bar]:
    return [Bar(_label(one.row), one.value, _unit(one), one.aim, one.is_met) for one in values]  # fmt: skip


def _unit(one: Held) -> str:
    """Behind a number in a chart."""
    return (
        f" {one.unit.replace('*', '')}"
        if one.at_least
        else {"p95_ms": " ms", "cpu_of_small": " times"}[one.what]
    )


def _label(name: str) -> str:
    """Short enough for the left of a chart."""
    return name if len(name) <= 56 else f"{name[:55]}…"


def _figure(row: Mapping[str, Any], key: str) -> str:
    return shown(row[key]) if key in row else ""


if __name__ == "__main__":
    sys.exit(main())
