"""Row 7: a conversation of a caucus, sealed, for a member; beside ten thousand posts and beside a million; and what polling costs.

On PostgreSQL: `python scripts/with_postgres.py python -m bench.run --only caucus`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any, Protocol

from bench.load import Reading

OF_TINY = 0.35
MOST_QUERIES = 12
MOST_BYTES = 60_000
MOST_GROWTH = 1.2  # times the processor time beside ten thousand posts
SIZES = {"small": 10_000, "large": 1_000_000}
POLLS = 200 / 5  # a second: 200 open pages, each once in five seconds
CORES = 2
MOST_OF_CORES = 0.1
UNCHANGED = """
request = function()
  wrk.headers["Cookie"] = "sessionid=%s"
  wrk.headers["If-None-Match"] = '%s'
  return wrk.format(nil, nil)
end
"""

Python = Callable[..., str]
Serve = Callable[[], AbstractContextManager[tuple[str, int]]]


class Measure(Protocol):
    """Loads one address; `posting` is Lua for requests of their own."""

    def __call__(
        self, url: str, pid: int, cookies: tuple[str, ...] = (), posting: str = ""
    ) -> Reading:
        """The median of several runs."""


def rows(python: Python, serve: Serve, measure: Measure, tiny: Reading) -> dict[str, object]:
    """All rows. `python` runs a module in the environment of the database, `serve` starts the product on it."""
    seen: dict[str, dict[str, Any]] = {}
    for size, posts in SIZES.items():
        seeded = json.loads(python("-m", "bench.caucus_seed", str(posts)))
        asked = json.loads(python("-m", "bench.caucus_seed", "asked"))
        cookies = tuple(json.loads(python("-m", "bench.seed", "sessions", "dev@riverton.example", "16")))  # fmt: skip
        pages = {name: page["path"] for name, page in asked.items()}
        with serve() as (base, pid):
            same = UNCHANGED % (cookies[0], asked["poll"]["tag"])
            seen[size] = {
                "asked": asked,
                "seeded": seeded,
                "page": measure(base + pages["many"], pid, cookies),
                "long": measure(base + pages["long"], pid, cookies),
                "poll": measure(base + pages["poll"], pid, cookies),
                "unchanged": measure(base + pages["poll"], pid, (), same),
            }
    return _table(seen["small"], seen["large"], tiny)


def _table(small: dict[str, Any], large: dict[str, Any], tiny: Reading) -> dict[str, object]:
    page, asked = small["page"], small["asked"]
    found: dict[str, object] = {
        "7 a conversation of a caucus, 20 posts": {
            **asdict(page), "of_tiny": round(page.per_second / tiny.per_second, 3), "aim": OF_TINY,
            "queries_5_posts": asked["few"]["queries"], "queries_50_posts": asked["many"]["queries"],
            "aim_queries": MOST_QUERIES, "html": asked["many"]["bytes"], "aim_html": MOST_BYTES,
        }
    }  # fmt: skip
    for name, words in (("page", "the same"), ("long", "the end of a very long one")):
        many, few = large[name], small[name]
        found[f"7 {words}, 1 000 000 posts in the table"] = {
            **asdict(many), "cpu_of_small": round(many.cpu_ms / few.cpu_ms, 2), "aim": MOST_GROWTH, **large["seeded"],
        }  # fmt: skip
    for name, words in (("poll", "is there news?"), ("unchanged", "the same, unchanged (304)")):
        reading = large[name]
        share = reading.cpu_ms * POLLS / 1_000 / CORES
        found[f"7 {words}"] = {
            **asdict(reading), "of_cores_at_200_pages": round(share, 3), "aim": MOST_OF_CORES,
        }  # fmt: skip
    return found
