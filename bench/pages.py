"""Rows 1 to 5 and 10 to 13: lessons, the glossary and the search, beside *hello* and *tiny*; then with 100 times the data."""

from __future__ import annotations

import json
import re
import statistics
import time
from dataclasses import replace
from typing import Any
from urllib.request import Request, urlopen

from bench.beside import Beside, Target, middle, rounded
from bench.load import SESSION, load, proxied, pss_mb
from bench.measuring import Bench
from bench.site import Site
from bench.telling import step

LESSON = "/learn/how-redlining-worked/grading-a-city/"
FORTY = "/learn/how-redlining-worked/forty-terms/"
NO_TERMS = "/learn/how-redlining-worked/no-terms/"
GLOSSARY = "/glossary/"
DEV = "dev@riverton.example"
HALF = 0.5
MOST_COLD, MOST_WARM, MOST_MEMBER = 8, 1, 12  # queries
MOST_COLD_CPU_MS = 10
HEAVIEST_HTML = 40_000  # bytes of a member's lesson
HEAVIEST_PAGE = 120_000  # bytes of it with its style sheets and scripts, as sent
MOST_MEMORY = 1.1  # of tiny
MOST_GROWTH = 1.2  # times the processor time of the small database
SLOWEST_SEARCH_MS = 150  # 95 in 100
SLOWEST_ALONE_MS = 10  # median of a member's lesson with one connection
SLOWEST_FIRST_MS = 300  # the glossary's first view after a publish
SEARCHES = {"a rare word": "word97", "a word of all": "council", "a misspelled word": "concil+wrot"}
#: What grows in this part: the name of the row, the address, whether Dev asks.
GROWING = (
    ("a member's lesson", FORTY, True),
    ("a member's Today", "/today/", True),
    ("the outline of all lessons, for a member", "/learn/", True),
    ("a public lesson, warm", FORTY, False),
    ("the glossary, warm", GLOSSARY, False),
)
GROWN = "200 modules, 5 000 facts, 5 000 terms, 100 000 rows of progress"


def rows(bench: Bench) -> dict[str, Any]:
    """All rows of this part, in two sizes of one database."""
    with bench.site() as site:
        site.python("-m", "bench.seed", "linked")
        site.python("-m", "bench.seed", "relink")
        cookies = site.sessions(DEV, 16)
        queries = _queries(site)
        memory, tiny = bench.tiny_memory_mb, bench.tiny
        with site.serve() as (base, pid):
            found = _small(bench, base, pid, cookies, queries)
            small = _growing(bench, base, pid, cookies, tiny)
            bench.rest()  # pages of memory that two servers share are split between them
            found["10 memory of two workers"] = {"of_tiny": round(pss_mb(pid) / memory, 2), "aim": MOST_MEMORY, "megabytes": round(pss_mb(pid)), "tiny_megabytes": round(memory)}  # fmt: skip
        step(GROWN)
        site.python("-m", "bench.seed", "large")
        more, tiny = _queries(site), bench.tiny
        with site.serve() as (base, pid):
            found |= _glossary(bench, site, base, pid)
            large = _growing(bench, base, pid, cookies, tiny)
            found |= _grown(small, large, queries, more)
            found |= _searches(bench, base, pid, cookies)
    return found


def _queries(site: Site) -> dict[str, dict[str, int]]:
    """Queries of each page, for Dev and for nobody."""
    found = {}
    for who, name, paths in (
        (DEV, "member", (FORTY, LESSON, NO_TERMS, "/today/", "/learn/")),
        ("-", "nobody", (FORTY, f"{FORTY}?cold=1", GLOSSARY, "/learn/")),
    ):
        asked = json.loads(site.python("-m", "bench.asked", who, *paths))
        found[name] = {path: one["queries"] for path, one in asked.items()}
    return found


def _small(
    bench: Bench, base: str, pid: int, cookies: tuple[str, ...], queries: dict[str, dict[str, int]]
) -> dict[str, Any]:
    """Rows 1 to 4 and 11, and the yardsticks themselves."""
    hello, public = Target(f"{base}/bench/hello", pid), Target(f"{base}{FORTY}", pid)
    cold = replace(public, url=f"{public.url}?cold=1")
    forty, lesson, plain = (Target(f"{base}{path}", pid, cookies) for path in (FORTY, LESSON, NO_TERMS))  # fmt: skip
    tiny = bench.tiny
    pages = [(public, hello), (cold, tiny), (forty, tiny), (lesson, tiny), (plain, tiny)]
    warm, unkept, member, mapped, unlinked = bench.beside(pages)
    nobody, dev = queries["nobody"], queries["member"]
    limit = {"aim_queries": MOST_MEMBER}
    found: dict[str, Any] = bench.yardsticks(hello)
    found["1 a public lesson with 40 terms, signed out, warm"] = {**warm.row("hello", HALF), "queries": nobody[FORTY], "aim_queries": MOST_WARM}  # fmt: skip
    found["2 the same, nothing kept"] = {
        **unkept.row("tiny", HALF), "queries": nobody[f"{FORTY}?cold=1"], "aim_queries": MOST_COLD, "aim_cpu_ms": MOST_COLD_CPU_MS,
    }  # fmt: skip
    found["3 the same for a member, 16 sessions"] = {**member.row("tiny", HALF), "queries": dev[FORTY], **limit}  # fmt: skip
    found["3 the lesson with the map for a member"] = {**mapped.row("tiny", HALF), "queries": dev[LESSON], **limit}  # fmt: skip
    found["3 the same, one connection"] = {**rounded(bench.ask(replace(forty, connections=1))), "aim_p50_ms": SLOWEST_ALONE_MS}  # fmt: skip
    found["4 a lesson without terms, for a member"] = {
        **unlinked.row("tiny", HALF), "queries": dev[NO_TERMS], "queries_of_linking": dev[FORTY] - dev[NO_TERMS], "aim_queries_of_linking": 0,
    }  # fmt: skip
    found["11 weight of a member's lesson"] = page_weight(base, LESSON, cookies[0])
    return found


def _glossary(bench: Bench, site: Site, base: str, pid: int) -> dict[str, Any]:
    """Row 5: 5 000 terms, signed out; and the first view of each after a publish, by one worker that kept nothing."""
    target, hello = Target(f"{base}{GLOSSARY}", pid), Target(f"{base}/bench/hello", pid)
    first = []
    for _ in range(bench.pace.runs):
        site.python("-m", "bench.seed", "publish")
        began = time.perf_counter()
        size = len(fetch(target.url))
        first.append((time.perf_counter() - began) * 1000)
    for _ in range(8):
        fetch(target.url)  # each worker makes it once, which is not what is measured now
    held = bench.beside([(target, hello)])[0]
    return {
        "5 the glossary, 5 000 terms, signed out, warm": {**held.row("hello", HALF), "html": size},
        "5 its first view after a publish": {"ms": round(statistics.median(first), 1), "aim_ms": SLOWEST_FIRST_MS},
    }  # fmt: skip


def _growing(bench: Bench, base: str, pid: int, cookies: tuple[str, ...], tiny: Target) -> dict[str, Beside]:  # fmt: skip
    """Each page that grows, beside tiny, which does not."""
    pages = [(Target(f"{base}{path}", pid, cookies if dev else ()), tiny) for _name, path, dev in GROWING]  # fmt: skip
    held = bench.beside(pages)
    return {name: one for (name, _path, _dev), one in zip(GROWING, held, strict=True)}


def _grown(
    small: dict[str, Beside], large: dict[str, Beside], few: dict[str, Any], many: dict[str, Any]
) -> dict[str, Any]:
    """Row 12: the processor time of a request in the large database as a multiple of that in the small one."""
    found = {}
    for name, path, dev in GROWING:
        who = "member" if dev else "nobody"
        found[f"12 {name}, a large site"] = {
            **rounded(large[name].reading), **growth(small[name], large[name]),
            "queries": many[who][path], "queries_of_small": few[who][path], "data": GROWN,
        }  # fmt: skip
    return found


def growth(small: Beside, large: Beside) -> dict[str, float]:
    """Both are held against the yardstick of their own minute, so that a busier minute is not taken for growth."""
    return {"cpu_of_small": round(large.cpu_ratio / small.cpu_ratio, 2), "aim": MOST_GROWTH}


def _searches(bench: Bench, base: str, pid: int, cookies: tuple[str, ...]) -> dict[str, Any]:
    """The search over 2 000 lessons, one connection a worker: words that few paragraphs hold, that all hold, and wrong ones."""
    found: dict[str, Any] = {}
    for _warming in range(8):  # a worker reads the outline once, longer than a load waits
        fetch(f"{base}/search/?q={SEARCHES['a rare word']}", cookies[0])
    for name, words in SEARCHES.items():
        url = f"{base}/search/?q={words}"
        readings = [load(url, pid, seconds=bench.pace.seconds, connections=2, cookies=cookies) for _ in range(bench.pace.runs)]  # fmt: skip
        found[f"13 search over 2 000 lessons, {name}"] = {**rounded(middle(readings)), "aim_p95_ms": SLOWEST_SEARCH_MS}  # fmt: skip
    return found


def page_weight(base: str, path: str, cookie: str) -> dict[str, int]:
    """Bytes of a page's HTML as made, and of the page with its style sheets and scripts as sent (compressed)."""
    html = fetch(f"{base}{path}", cookie)
    parts = sum(len(fetch(f"{base}{name}", cookie)) for name in parts_of(html.decode()))
    return {
        "html": len(html), "aim_html": HEAVIEST_HTML, "whole_page": len(html) + parts, "aim_page": HEAVIEST_PAGE,
    }  # fmt: skip


def parts_of(html: str) -> set[str]:
    """The style sheets and scripts that a page names, each once."""
    return set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html))


def fetch(url: str, cookie: str = "") -> bytes:
    """One answer, as sent to a browser that takes compressed ones."""
    headers = {**proxied(url), "Accept-Encoding": "gzip"}
    if cookie:
        headers["Cookie"] = f"{SESSION}={cookie}"
    with urlopen(Request(url, headers=headers), timeout=60) as answer:  # noqa: S310 (our own server)
        return bytes(answer.read())
