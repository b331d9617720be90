"""Row 8 and the others about the journal: saving, the list, one entry, search, export; on SQLite, then on PostgreSQL.

Saving is held against the plain write of one row on the same database, both with 16 connections and no error. PostgreSQL
is a server of the benchmark's own that writes to the disk as one that is kept does.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bench.beside import Target, rounded
from bench.durable import durable_postgres
from bench.load import CSRF, SESSION, TOKEN, proxied, pss_mb
from bench.measuring import Bench
from bench.telling import step

CONNECTIONS = 16
OF_ONE_ROW = 0.3
SLOWEST_SAVE_MS = 100  # 99 in 100, on PostgreSQL
SLOWEST_SEARCH_MS = 700  # 95 in 100, 5 000 entries of 3 KB
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
#: A new form each time, of 16 members by turn; `once` is its one-time key.
POST = """
local sessions = {%s}
local turn = 0
math.randomseed(os.time())
local function hex(length)
  local digits = {}
  for at = 1, length do digits[at] = string.format("%%x", math.random(0, 15)) end
  return table.concat(digits)
end
request = function()
  turn = turn %% #sessions + 1
  local once = hex(8) .. "-" .. hex(4) .. "-4" .. hex(3) .. "-8" .. hex(3) .. "-" .. hex(12)
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Cookie"] = "__Host-session=" .. sessions[turn] .. "; __Host-csrf=%s"
  return wrk.format("POST", nil, nil, "%s&once=" .. once)
end
"""


def rows(bench: Bench) -> dict[str, Any]:
    """All rows, on both databases."""
    with bench.site() as site:
        step("the journal: seals, keys, 5 000 entries")
        found: dict[str, Any] = json.loads(site.python("-m", "bench.journal_seed", "kernel"))
        written = json.loads(site.python("-m", "bench.journal_seed", "entries"))
        with site.serve() as (base, pid):
            found |= saving(bench, base, pid, written, "SQLite")
            found |= reading(bench, base, pid, written)
    with durable_postgres() as address:
        if not address:
            said = "No PostgreSQL was found: neither installed here nor in the test environment."
            return found | {"8 saving an entry, PostgreSQL": {"said": said}}
        with bench.site(database=address) as site:
            written = json.loads(site.python("-m", "bench.journal_seed", "entries"))
            with site.serve() as (base, pid):
                return found | saving(bench, base, pid, written, "PostgreSQL")


def saving(bench: Bench, base: str, pid: int, written: dict[str, Any], database: str) -> dict[str, Any]:  # fmt: skip
    """Saves beside the plain write. `written` is what `bench.journal_seed` says: the sessions of 16 members, Dev's first."""
    sheet = {"title": "That day", "body": written["body"], "tags": "meetings", "seen": 0, "draft_seen": 0}  # fmt: skip
    plain = Target(f"{base}/bench/row", pid, connections=CONNECTIONS)
    pages = {
        "saving an entry": ("/journal/write/", {**sheet, "act": "save"}),
        "autosave of a new draft": ("/journal/write/keep/", sheet),
    }
    targets = [
        Target(base + path, pid, posting=posting(form, written["sessions"]), connections=CONNECTIONS)
        for path, form in pages.values()
    ]  # fmt: skip
    held = bench.beside([(target, plain) for target in targets])
    aims = {"aim_p99_ms": SLOWEST_SAVE_MS} if database == "PostgreSQL" else {}
    found: dict[str, Any] = {
        f"8 {name}, {database}": {**one.row("one_row", OF_ONE_ROW), **aims}
        for name, one in zip(pages, held, strict=True)
    }
    return found | {f"8 the plain write of one row, {database}": rounded(bench.ask(plain))}


def reading(bench: Bench, base: str, pid: int, written: dict[str, Any]) -> dict[str, Any]:
    """Dev's list, one entry, the search and the export, with 5 000 entries."""
    mine, found = tuple(written["sessions"][:1]), {}
    for name, path in (("the list, 5 000 entries", "/journal/"), ("one entry of 5 000", f"/journal/{written['entry']}/")):  # fmt: skip
        found[f"15 {name}"] = rounded(bench.ask(Target(base + path, pid, mine, connections=2)))
    for name, words in (("a word of all", "council"), ("a rare word", "heron"), ("no word of any", "qqqq")):  # fmt: skip
        target = Target(f"{base}/journal/search/", pid, posting=posting({"words": words}, list(mine)), connections=1)  # fmt: skip
        found[f"15 search over 5 000 entries, {name}"] = {**rounded(bench.ask(target)), "aim_p95_ms": SLOWEST_SEARCH_MS}  # fmt: skip
    return found | export(base, pid, mine[0])


def posting(form: dict[str, Any], sessions: Sequence[str]) -> str:
    """Lua that sends this form, each time as a new one."""
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
    return POST % (", ".join(f'"{one}"' for one in sessions), TOKEN, body)


def export(base: str, pid: int, session: str) -> dict[str, Any]:
    """The export of 5 000 entries: seconds, megabytes, and how much the server's memory rose meanwhile."""
    headers = {**proxied(base), **HEADERS, "Cookie": f"{SESSION}={session}; {CSRF}={TOKEN}"}
    form = urlencode({"csrfmiddlewaretoken": TOKEN}).encode()
    began, size, before = time.monotonic(), 0, pss_mb(pid)
    with watched(pid) as peak:
        try:
            with urlopen(Request(f"{base}/journal/export/", form, headers), timeout=300) as answer:  # noqa: S310
                while part := answer.read(65_536):
                    size += len(part)
        except HTTPError as refused:
            return {"16 export of 5 000 entries": f"answered {refused.code}"}
    return {
        "16 export of 5 000 entries": {
            "seconds": round(time.monotonic() - began, 1),
            "megabytes": round(size / 1e6, 1),
            "memory_rose_mb": round(max(peak) - before, 1),
        }
    }


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """The memory of the server, noted every tenth of a second."""
    seen, over = [pss_mb(pid)], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            seen.append(pss_mb(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()
