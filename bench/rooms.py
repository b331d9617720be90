"""Rows 6 and 12 for the pages about pairs, check-ins and commitments: with few of each, then with a hundred times as many.

Both sizes are measured in one database, as Dev with 16 sessions, each page beside *tiny*.
"""

from __future__ import annotations

import json
from typing import Any

from bench.beside import Target, rounded
from bench.measuring import Bench
from bench.pages import DEV, growth
from bench.rooms_seed import PATHS
from bench.telling import step

NAMES = {"/today/": "Today, with a buddy", "/buddy/": "the page of a pair", "/commitments/": "my commitments"}  # fmt: skip
OF_TINY = 0.35
MOST_QUERIES = 15
SIZES = ("small", "large")


def rows(bench: Bench) -> dict[str, Any]:
    """All rows."""
    seen: dict[str, dict[str, Any]] = {}
    with bench.site() as site:
        for size in SIZES:
            step(f"pairs, check-ins and commitments, {size}")
            seeded = json.loads(site.python("-m", "bench.rooms_seed", size))
            asked = json.loads(site.python("-m", "bench.rooms_seed", "queries"))
            cookies, tiny = site.sessions(DEV, 16), bench.tiny
            with site.serve() as (base, pid):
                held = bench.beside([(Target(base + path, pid, cookies), tiny) for path in PATHS])
            seen[size] = {"seeded": seeded, "asked": asked, "held": dict(zip(PATHS, held, strict=True))}  # fmt: skip
    return _table(seen["small"], seen["large"])


def _table(small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in PATHS:
        few, many = small["held"][path], large["held"][path]
        found[f"6 {NAMES[path]}"] = {
            **few.row("tiny", OF_TINY), "queries": small["asked"][path]["queries"], "aim_queries": MOST_QUERIES,
        }  # fmt: skip
        found[f"12 {NAMES[path]}, a hundred times as much"] = {
            **rounded(many.reading), **growth(few, many),
            "queries": large["asked"][path]["queries"], "queries_of_small": small["asked"][path]["queries"], **large["seeded"],
        }  # fmt: skip
    return found
