"""Loads one address with wrk and accounts for the processor time that the server's processes spent on it."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: The names of production's two cookies, and a form's token with the cookie that goes with it.
SESSION, CSRF, TOKEN = "__Host-session", "__Host-csrf", "a" * 32  # not a secret
TICKS = os.sysconf("SC_CLK_TCK")
ROTATE = """
local cookies = {%s}
local next_one = 0
request = function()
  next_one = next_one %% #cookies + 1
  wrk.headers["Cookie"] = "__Host-session=" .. cookies[next_one]
  return wrk.format(nil, nil)
end
"""
REPORT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %f %f %f %d\\n", summary.requests, summary.duration,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def proxied(url: str) -> dict[str, str]:
    """What the proxy in front of production says with each request, and where a browser says that its form was."""
    return {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "127.0.0.1",
        "Origin": f"https://{urlsplit(url).netloc}",
    }


@dataclass(frozen=True)
class Reading:
    """One run: requests a second, latencies in milliseconds, processor time in milliseconds a request, errors."""

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_ms: float
    errors: int


def family(pid: int) -> list[int]:
    """The process and all of its descendants."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
    found, ahead = [], [pid]
    while ahead:
        one = ahead.pop()
        found.append(one)
        ahead += parents.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time that the process and its living descendants have used so far, in seconds."""
    total = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def pss_mb(pid: int) -> float:
    """Memory of the process and its descendants in megabytes, shared pages split among their users."""
    total = 0
    for one in family(pid):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


def load(
    url: str, pid: int, *, seconds: float, connections: int = 8, cookies: tuple[str, ...] = (), posting: str = ""
) -> Reading:  # fmt: skip
    """Ask for one address as fast as the server answers, for so many seconds, rotating the session cookies.

    `posting`: Lua that gives each request of its own (`request = function() … end`) instead.
    """
    script = REPORT + posting
    if cookies and not posting:
        script += ROTATE % ", ".join(f'"{cookie}"' for cookie in cookies)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        before = cpu_seconds(pid)
        headers = [
            part for name, said in proxied(url).items() for part in ("-H", f"{name}: {said}")
        ]
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{max(1, round(seconds))}s",
            *headers,
            "-s",
            file.name,
            url,
        ]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spent = cpu_seconds(pid) - before
    found = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", out)
    if not found:
        raise RuntimeError(f"wrk gave no result for {url}:\n{out}")
    requests, micros = int(found[1]), int(found[2])
    return Reading(
        per_second=requests / (micros / 1e6),
        p50_ms=float(found[3]),
        p95_ms=float(found[4]),
        p99_ms=float(found[5]),
        cpu_ms=spent * 1000 / max(requests, 1),
        errors=int(found[6]),
    )
