#!/usr/bin/env python3
"""Asks a running demonstration for every address, as nobody, as Dev and as Rui, and with odd values: no error of ours anywhere.

Usage: python scripts/sweep.py   (SITE=http://localhost:8000). The addresses come from `manage.py urls --json` and from the
links of the pages themselves. Nothing is posted but the sign-in. Bounded in number and time.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from visitor import Visitor, site

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
MOST_REQUESTS = 1000
MOST_SECONDS = 240
MOST_LINKS = 40  # pages found by links, for each person
FEWEST = 200  # requests below which this was no sweep
HUGE = "9" * 400
PEOPLE = {"nobody": {"anyone"}, "dev": {"anyone", "member"}, "rui": {"staff"}}
LINK = re.compile(r'href="(/[^"#]*)"')
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
LEFT_OUT = ("/static/", "/account/logout/", "/admin/logout/")
#: Values that have broken such programs: NUL, a lone quotation mark, a huge number, bytes that are no text.
QUERIES = (
    "q=%00&page=%00&next=%00&grade=%00&lang=%00&kind=%00&id=%00",
    urlencode({"q": '"', "page": HUGE, "next": '"', "grade": '"', "lang": HUGE, "id": HUGE, "p": HUGE}),
    "q=%ff%fe&page=-1&next=//elsewhere.example/&lang=%ff&order=%27&%00=1",
)  # fmt: skip
IN_PATHS = {
    "int": ("9" * 40, "0"),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
    "slug": ("x" * 300, HUGE),
    "": ("%00", "%22", HUGE),
}


@dataclass
class Sweep:
    """What was asked and what went wrong."""

    site: str
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def is_over(self) -> bool:
        """Whether it has asked, or taken, as much as it may."""
        return self.asked >= MOST_REQUESTS or time.monotonic() - self.begun > MOST_SECONDS

    def ask(self, visitor: Visitor, who: str, path: str) -> str:
        """The text of a page; notes an error of the server, and one that never answered."""
        if self.is_over():
            return ""
        self.asked += 1
        try:
            answer = visitor.ask(path)
        except (OSError, HTTPException, ValueError) as problem:
            self.faults.append(f"{who}: {path[:100]}: {problem}")
            return ""
        if answer.status >= 500:
            self.faults.append(f"{who}: {path[:100]}: {answer.status}")
        return answer.text if urlsplit(answer.url).path == urlsplit(path).path else ""


def main() -> int:
    """Sweep, say what was found; exit status 1 when something is wrong or hardly anything was asked."""
    sweep = Sweep(site())
    routes = known_routes()
    for who, rules in PEOPLE.items():
        visitor = Visitor(sweep.site)
        if who != "nobody" and not visitor.sign_in(who).url.endswith("/today/"):
            sweep.faults.append(f"{who}: cannot sign in")
            continue
        before = sweep.asked
        walk(sweep, visitor, who, [route for rule, route in routes if rule in rules])
        if who != "nobody":
            visitor.sign_out()
        print(f"{who}: {sweep.asked - before} requests", flush=True)
    for fault in sweep.faults[:40]:
        print(f"WRONG  {fault}")
    seconds = time.monotonic() - sweep.begun
    print(f"{sweep.asked} requests in {seconds:.0f} s, {len(sweep.faults)} of them wrong.")
    if sweep.is_over():
        print("The sweep stopped at its bound; some addresses were not asked for.")
    return 1 if sweep.faults or sweep.asked < FEWEST else 0


@cache
def known_routes() -> list[tuple[str, str]]:
    """Every address pattern with its rule, as the project itself lists them."""
    command = [str(PYTHON), "manage.py", "urls", "--json"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)  # fmt: skip
    rows = json.loads(listed.stdout)
    return [(row["rule"], row["route"]) for row in rows if row["rule"]]


def walk(sweep: Sweep, visitor: Visitor, who: str, routes: list[str]) -> None:
    """Ask for the plain addresses, then the pages they link to, then everything with odd values."""
    plain = [f"/{route}" for route in routes if not re.search(r"[<(^\\]", route)]
    plain = [path for path in dict.fromkeys(plain) if not path.startswith(LEFT_OUT)]
    found: dict[str, None] = {}
    for path in plain:
        found.update(dict.fromkeys(links(sweep.ask(visitor, who, path))))
    linked = [path for path in found if path not in plain][:MOST_LINKS]
    for path in linked:
        sweep.ask(visitor, who, path)
    many = {"nobody": 3, "dev": 2}.get(who, 1)  # the admin has most addresses and fewest visitors
    for path in plain:
        for query in QUERIES[:many]:
            sweep.ask(visitor, who, f"{path.partition('?')[0]}?{query}")
    for path in odd_paths(routes, many):
        sweep.ask(visitor, who, path)


def links(text: str) -> Iterator[str]:
    """Where a page leads on this site."""
    for link in LINK.findall(text):
        path = unescape(link)
        if not path.startswith((*LEFT_OUT, "//")) and path.isascii() and " " not in path:
            yield path


def odd_paths(routes: list[str], variants: int) -> Iterator[str]:
    """Each pattern that takes values, filled with odd ones."""
    for route in routes:
        if "<" not in route or re.search(r"[(^\\]", route):
            continue
        pieces = PARAMETER.split(route)  # text, kind, text, kind, …, text
        for number in range(variants):
            filled = [odd(piece, number) if place % 2 else piece for place, piece in enumerate(pieces)]  # fmt: skip
            yield "/" + "".join(filled)


def odd(kind: str | None, number: int) -> str:
    """One odd value of this kind of parameter."""
    values = IN_PATHS.get(kind or "", IN_PATHS[""])
    return values[number % len(values)]


if __name__ == "__main__":
    sys.exit(main())
