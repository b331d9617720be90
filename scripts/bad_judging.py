"""What an answer to a bad input must not be, and what the server weighs. Standard library only."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from pathlib import Path

from bad_asking import Answered, Case
from bad_values import COMPUTED, ELSEWHERE, MARKUP, SCRIPT
from traces import Words, unfolded

SLOW = 5.0  # seconds
#: What this program makes wrong in the request itself, so that a server may end the connection instead of answering.
BROKEN = {"cut", "header", "method"}
#: Marks of a page that shows how the program is made.
INSIDES = (
    b"Traceback (most recent",
    b"sqlite3.",
    b"psycopg.",
    b"OperationalError",
    b"DJANGO_SETTINGS",
)


def judged(case: Case, answer: Answered, words: Words, own: Collection[str]) -> list[str]:
    """What is wrong with this answer, in a few words each; empty when nothing is."""
    found = []
    if answer.status >= 500 and answer.status != 503:
        found.append(f"Error {answer.status}")
    if answer.status == 0 and case.kind not in BROKEN:
        found.append(f"No answer ({answer.headers})")
    if answer.seconds > SLOW:
        found.append(f"Took {answer.seconds:.1f} s")
    rest = words.without(own, b"\n".join(unfolded(answer.whole)), body=True)
    found += [f"A word of Dev's ({way})" for way in words.traces(rest)]
    if "html" in answer.kind and any(mark.encode() in answer.body for mark in (MARKUP, SCRIPT)):
        found.append("Markup that nobody escaped")
    if COMPUTED.encode() in answer.body or any(mark in answer.body for mark in INSIDES):
        found.append("It shows what the program computed or is made of")
    if leads_away(answer.location):
        found.append(f"It leads to {answer.location[:80]}")
    if "\nX-Injected:" in answer.headers:
        found.append("A header of the sender's")
    return found


def leads_away(location: str) -> bool:
    """Whether a redirect leaves this site: a browser reads two slashes, or a slash and a backslash, as another host."""
    place = location.strip().replace("\\", "/").lower()
    return place.startswith(("//", f"http://{ELSEWHERE}", f"https://{ELSEWHERE}", "javascript:"))


def whole_of(answer: Answered, *, seconds: float) -> Answered:
    """The answer with the time that counts."""
    return dataclasses.replace(answer, seconds=seconds)


def memory(top: int) -> dict[int, int]:
    """Megabytes of each process of the web server that stands below this one, by process id."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
        except OSError:
            continue  # it has ended meanwhile
    return {
        process: _weight(process)
        for process in parents
        if _stands_below(process, top, parents) and _is_web(process)
    }


def _stands_below(process: int, top: int, parents: dict[int, int]) -> bool:
    while process in parents and process != top:
        process = parents[process]
    return process == top


def _is_web(process: int) -> bool:
    try:
        return b"granian" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _weight(process: int) -> int:
    said = Path(f"/proc/{process}/status").read_text()
    lines = dict(line.split(":", 1) for line in said.splitlines() if ":" in line)
    return int(lines.get("VmRSS", "0").split()[0]) // 1024
