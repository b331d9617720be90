"""Row 7: a conversation of a caucus, sealed, for a member; beside ten thousand posts and beside a million; and what polling costs.

On PostgreSQL: `python scripts/with_postgres.py python -m bench.run --only caucus`.
"""

from __future__ import annotations

import json
from typing import Any

from bench.beside import Target, rounded
from bench.measuring import Bench
from bench.pages import DEV, growth
from bench.telling import step

OF_TINY = 0.35
MOST_QUERIES = 12
MOST_BYTES = 60_000
SIZES = {"small": 10_000, "large": 1_000_000}
POLLS = 200 / 5  # a second: 200 open pages, each once in five seconds
CORES = 2
MOST_OF_CORES = 0.1
UNCHANGED = """
request = function()
  wrk.headers["Cookie"] = "__Host-session=%s"
  wrk.headers["If-None-Match"] = '%s'
  return wrk.format(nil, nil)
end
"""


def rows(bench: Bench) -> dict[str, Any]:
    """All rows."""
    seen: dict[str, dict[str, Any]] = {}
    with bench.site() as site:
        for size, posts in SIZES.items():
            step(f"{posts} posts")
            seeded = json.loads(site.python("-m", "bench.caucus_seed", str(posts)))
            asked = json.loads(site.python("-m", "bench.caucus_seed", "asked"))
            cookies, tiny = site.sessions(DEV, 16), bench.tiny
            with site.serve() as (base, pid):
                same = UNCHANGED % (cookies[0], asked["poll"]["tag"])
                pages = {
                    "page": Target(base + asked["many"]["path"], pid, cookies),
                    "long": Target(base + asked["long"]["path"], pid, cookies),
                    "poll": Target(base + asked["poll"]["path"], pid, cookies),
                    "unchanged": Target(base + asked["poll"]["path"], pid, (), same),
                }
                held = bench.beside([(page, tiny) for page in pages.values()])
            seen[size] = {"asked": asked, "seeded": seeded, **dict(zip(pages, held, strict=True))}
    return _table(seen["small"], seen["large"])


def _table(small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    asked = small["asked"]
    found: dict[str, Any] = {
        "7 a conversation of a caucus, 20 posts": {
            **small["page"].row("tiny", OF_TINY),
            "queries_5_posts": asked["few"]["queries"], "queries_50_posts": asked["many"]["queries"],
            "aim_queries": MOST_QUERIES, "html": asked["many"]["bytes"], "aim_html": MOST_BYTES,
        }
    }  # fmt: skip
    for name, words in (("page", "the same"), ("long", "the end of a very long one")):
        many, few = large[name], small[name]
        found[f"7 {words}, 1 000 000 posts in the table"] = {
            **rounded(many.reading),
            **growth(few, many),
            **large["seeded"],
        }
    for name, words in (("poll", "is there news?"), ("unchanged", "the same, unchanged (304)")):
        reading = large[name].reading
        share = reading.cpu_ms * POLLS / 1_000 / CORES
        found[f"7 {words}"] = {
            **rounded(reading), "of_cores_at_200_pages": round(share, 3), "aim": MOST_OF_CORES,
        }  # fmt: skip
    return found
