"""Rows 6 and 12 for the pages about pairs, check-ins and commitments: with few of each, then with a hundred times as many.

Both sizes are measured in a database of their own, as Dev with 16 sessions. A page that is not there yet is said to be so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

from bench.load import Reading
from bench.rooms_seed import PATHS

NAMES = {"/today/": "Today, with a buddy", "/buddy/": "the page of a pair", "/commitments/": "my commitments"}  # fmt: skip
OF_TINY = 0.35
MOST_QUERIES = 15
MOST_GROWTH = 1.2  # times the processor time of the small database
SIZES = ("small", "large")

Python = Callable[..., str]
Serve = Callable[[], AbstractContextManager[tuple[str, int]]]
Measure = Callable[[str, int, tuple[str, ...]], Reading]


def rows(python: Python, serve: Serve, measure: Measure, tiny: Reading) -> dict[str, object]:
    """All rows. `python` runs a module in the environment of the database, `serve` starts the product on it."""
    seen: dict[str, dict[str, Any]] = {}
    for size in SIZES:
        seeded = json.loads(python("-m", "bench.rooms_seed", size))
        asked = json.loads(python("-m", "bench.rooms_seed", "queries"))
        cookies = tuple(json.loads(python("-m", "bench.seed", "sessions", "dev@riverton.example", "16")))  # fmt: skip
        with serve() as (base, pid):
            readings = {
                path: measure(base + path, pid, cookies) if asked[path]["status"] == 200 else None
                for path in PATHS
            }
        seen[size] = {"seeded": seeded, "asked": asked, "readings": readings}
    return _table(seen["small"], seen["large"], tiny)


def _table(small: dict[str, Any], large: dict[str, Any], tiny: Reading) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in PATHS:
        name, few, many = NAMES[path], small["readings"][path], large["readings"][path]
        if few is None or many is None:
            found[f"6 {name}"] = {"answered": small["asked"][path]["status"]}
            continue
        found[f"6 {name}"] = {
            **asdict(few), "of_tiny": round(few.per_second / tiny.per_second, 3), "aim": OF_TINY,
            "queries": small["asked"][path]["queries"], "aim_queries": MOST_QUERIES,
        }  # fmt: skip
        found[f"12 {name}, a hundred times as much"] = {
            **asdict(many), "cpu_of_small": round(many.cpu_ms / few.cpu_ms, 2), "aim": MOST_GROWTH,
            "queries": large["asked"][path]["queries"], **large["seeded"],
        }  # fmt: skip
    return found
