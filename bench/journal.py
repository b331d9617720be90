"""Rows of the benchmark about the journal: saving, the list, one entry, search, export. Against a running server.

Saving is held against the plain write of one row on the same database, both with 16 connections and no error.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bench.load import Reading, load, pss_mb

CONNECTIONS = 16
OF_ONE_ROW = 0.3
SLOWEST_SAVE_MS = 100  # 99 in 100, on PostgreSQL
SLOWEST_SEARCH_MS = 700  # 95 in 100, 5 000 entries of 3 KB
TOKEN = "a" * 32  # the form's token and the cookie that goes with it
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
  local headers = {}
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  headers["Cookie"] = "sessionid=" .. sessions[turn] .. "; csrftoken=%s"
  return wrk.format("POST", nil, headers, "%s&once=" .. once)
end
"""


def rows(base: str, pid: int, written: dict[str, Any], *, seconds: float, runs: int) -> dict[str, object]:  # fmt: skip
    """All rows; `written` is what `bench.journal_seed` says: the sessions of 16 members, Dev's first, and an entry's id."""
    sessions, entry = written["sessions"], written["entry"]
    found: dict[str, object] = {}

    def measured(path: str, connections: int = CONNECTIONS, **given: Any) -> Reading:
        load(base + path, pid, seconds=1, connections=connections, **given)
        readings = [
            load(base + path, pid, seconds=seconds, connections=connections, **given)
            for _ in range(runs)
        ]
        return sorted(readings, key=lambda one: one.per_second)[runs // 2]

    sheet = {"title": "That day", "body": written["body"], "tags": "meetings", "seen": 0, "draft_seen": 0}  # fmt: skip
    plain = measured("/bench/row")
    found["8 the plain write of one row"] = asdict(plain)
    for name, path, form in (
        ("8 saving an entry", "/journal/write/", {**sheet, "act": "save"}),
        ("8 autosave of a new draft", "/journal/write/keep/", sheet),
    ):
        reading = measured(path, posting=posting(form, sessions))
        ratio = round(reading.per_second / plain.per_second, 3)
        found[name] = {**asdict(reading), "of_one_row": ratio, "aim": OF_ONE_ROW, "aim_p99_ms": SLOWEST_SAVE_MS}  # fmt: skip
    mine = sessions[:1]
    found["the list, 5 000 entries"] = asdict(measured("/journal/", 2, cookies=tuple(mine)))
    found["one entry of 5 000"] = asdict(measured(f"/journal/{entry}/", 2, cookies=tuple(mine)))
    for name, words in (("a word of all", "council"), ("a rare word", "heron"), ("no word of any", "qqqq")):  # fmt: skip
        reading = measured("/journal/search/", 1, posting=posting({"words": words}, mine))
        found[f"search over 5 000 entries, {name}"] = {**asdict(reading), "aim_p95_ms": SLOWEST_SEARCH_MS}  # fmt: skip
    return found | export(base, pid, mine[0])


def posting(form: dict[str, Any], sessions: list[str]) -> str:
    """Lua that sends this form, each time as a new one."""
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
    return POST % (", ".join(f'"{one}"' for one in sessions), TOKEN, body)


def export(base: str, pid: int, session: str) -> dict[str, object]:
    """The export of 5 000 entries: seconds, megabytes, and how much the server's memory rose meanwhile."""
    headers = {**HEADERS, "Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    form = urlencode({"csrfmiddlewaretoken": TOKEN}).encode()
    began, size, before = time.monotonic(), 0, pss_mb(pid)
    with watched(pid) as peak:
        try:
            with urlopen(Request(f"{base}/journal/export/", form, headers), timeout=300) as answer:  # noqa: S310
                while part := answer.read(65_536):
                    size += len(part)
        except HTTPError as refused:
            return {"export of 5 000 entries": f"answered {refused.code}"}
    return {
        "export of 5 000 entries": {
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
