"""Half an hour with 50 members at 20 requests a second: threat H18. By hand, on a machine that does nothing else.

500 accounts, 50 of them signed in. Of the requests 70 in a hundred read, 20 write, 10 search or are the desk's; they come at
moments of their own (`bench.soak_load`). Every answer is looked at: status, whole page, the title of that page; a form must
lead where it should. Web server and worker run as `make serve` starts them. Afterwards what was acknowledged is looked for.

Usage: python -m bench.soak [--minutes 30] [--rate 20] [--members 50] [--accounts 500]     rows "18 …" of bench/results.json
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.beside import Pace
from bench.load import cpu_seconds, pss_mb
from bench.measuring import Bench
from bench.run import write
from bench.site import ROOT
from bench.site import Site as Installation
from bench.soak_load import LOOK, READ, WRITE, Member, Seen, Site, Wrong, percentile, run
from bench.telling import report, step

SLOWEST_MS = 500  # 95 in 100
MOST_ERRORS = 0.001
MOST_MEMORY = 1.1  # at the end, of what it was two minutes after the start
FIRST_LOOK = 120  # seconds
LESSON = "/learn/how-redlining-worked/grading-a-city/"
READS = {
    "front": "/", "Today": "/today/", "outline": "/learn/", "lesson": LESSON, "glossary": "/glossary/", "journal": "/journal/",
    "pair": "/buddy/", "commitments": "/commitments/", "caucuses": "/caucuses/", "notices": "/account/notices/",
    "what others see": "/account/visible/",
}  # fmt: skip
LOOKS = {
    "search": "/search/?q=redlining", "search, misspelled": "/search/?q=redlinning", "desk": "/backbone/",
    "people": "/backbone/people/", "people, searched": "/backbone/people/?q=member+12", "cohorts": "/backbone/cohorts/",
}  # fmt: skip
TEXT = "The council met and wrote down who could cross the bridge and who could not. "


class Soak:
    """The members, the site, and what they do there."""

    def __init__(self, base: str, made: dict[str, Any]) -> None:
        self.site, self.seen = Site(base), Seen()
        self.members = [Member(**one) for one in made["members"]]
        self.desk = Member(made["desk"])
        self._chance, self._lock = random.Random(50), threading.Lock()  # noqa: S311 (the same each time)
        self.writes = (self.entry, self.promise, self.post, self.check_in, self.notice)

    def act(self, kind: str, due: float) -> None:
        """One arrival, which was to begin at `due`. What goes wrong here and not on the site is an error of its own kind."""
        try:
            self._act(kind, due)
        except Exception as fault:  # a line that ended silently would make the rest look better
            self.seen.failed(kind, time.monotonic() - due, f"the generator: {type(fault).__name__}")

    def _act(self, kind: str, due: float) -> None:
        with self._lock:
            member, chance = self._chance.choice(self.members), self._chance.random()
        if kind == WRITE:
            self.writes[int(chance * len(self.writes))](member, due)
            return
        names = LOOKS if kind == LOOK else {**READS, "conversation": member.talk}
        name = list(names)[int(chance * len(names))]
        is_desk = names[name].startswith("/backbone/")
        self._timed(kind, due, lambda: self.site.page(self.desk if is_desk else member, names[name], name))  # fmt: skip

    def entry(self, member: Member, due: float) -> None:
        """A page of the journal, 3 KB."""
        mark = _mark()
        typed = {
            "title": "That day",
            "body": f"{mark} {TEXT * 39}",
            "tags": "meetings",
            "act": "save",
        }
        self._written(member, due, "journal", mark, "/journal/write/", typed, r"^/journal/")

    def promise(self, member: Member, due: float) -> None:
        """A commitment that nobody else sees."""
        mark = _mark()
        typed = {"will": f"{mark} {TEXT}", "levels": "structural", "kind": "commitment"}
        self._written(member, due, "commitment", mark, "/commitments/new/", typed, r"/audience/$")

    def post(self, member: Member, due: float) -> None:
        """Something said in a caucus."""
        mark = _mark()
        typed = {"text": f"{mark} {TEXT * 4}", "act": "post"}
        self._written(member, due, "post", mark, f"{member.talk}reply/", typed, r"/threads/")

    def check_in(self, member: Member, due: float) -> None:
        """The draft for a check-in, saved again. The last one is what must be there."""
        mark, path = _mark(), f"/buddy/check-ins/{member.check_in}/"
        with member.writing:
            if self._written(
                member, due, "", mark, path, {"did": f"{mark} {TEXT}", "act": "save"}, path
            ):
                self.seen.last[member.session, member.check_in] = mark
            else:  # it may be there or not: nothing was promised about it, nor about the one it may have replaced
                self.seen.last.pop((member.session, member.check_in), None)

    def notice(self, member: Member, due: float) -> None:
        """The newest unread notice is read."""
        page = self._timed(
            READ, due, lambda: self.site.page(member, "/account/notices/", "notices")
        )
        if page is None:
            return
        ways = [part.split('"')[0] for part in page.split('action="/account/notices/')[1:]]
        unread = next((way for way in ways if way.endswith("/read/")), None)
        if unread is None:
            self.seen.errors["the soak has run out of unread notices"] += 1
            return
        to = f"/account/notices/{unread}"
        self._send(
            member, page, "/account/notices/", to, {}, r"^/account/notices/", "notice", unread[:36]
        )

    def _written(
        self, member: Member, due: float, what: str, mark: str, path: str, typed: dict[str, Any], leads: str
    ) -> bool:  # fmt: skip
        """Ask for a form, then send it."""
        page = self._timed(
            READ, due, lambda: self.site.page(member, path, f"form of {what or 'check-in'}")
        )
        return page is not None and self._send(member, page, path, path, typed, leads, what, mark)

    def _send(
        self, member: Member, page: str, at: str, to: str, typed: dict[str, Any], leads: str, what: str, mark: str
    ) -> bool:  # fmt: skip
        sent = self._timed(WRITE, time.monotonic(), lambda: self.site.send(member, page, at, to, typed, leads))  # fmt: skip
        if sent and what:
            self.seen.wrote(what, mark)
        return sent is not None

    def _timed(self, kind: str, due: float, work: Any) -> str | None:
        """What came of it, with its time since it was due; None when it was not what it should be."""
        try:
            done: str = work()
        except Wrong as wrong:
            self.seen.failed(kind, time.monotonic() - due, str(wrong))
            return None
        self.seen.took(kind, time.monotonic() - due)
        return done


def _mark() -> str:
    """What is looked for afterwards: in one text and in no other."""
    return f"soak-{uuid4().hex}"


def rows(bench: Bench, options: argparse.Namespace) -> dict[str, Any]:
    """Seed, serve, soak, count."""
    with bench.site() as site:
        step(f"{options.accounts} accounts, {options.members} of them signed in")
        notices = round(options.minutes * 60 * options.rate * 0.2 / 5 / options.members * 2) + 20
        made = json.loads(site.python("-m", "bench.soak_seed", "made", str(options.accounts), str(options.members), str(notices)))  # fmt: skip
        with site.serve() as (base, web), _worker(site) as worker:
            soak = Soak(base, made)
            _warm(soak)
            step(f"{options.minutes:g} minutes at {options.rate:g} requests a second")
            memory: dict[str, tuple[float, float]] = {}
            seconds = options.minutes * 60
            first = min(FIRST_LOOK, seconds / 4)

            def look(passed: float) -> None:
                if passed >= first and "first" not in memory:
                    memory["first"] = pss_mb(web), pss_mb(worker)

            spent, began = cpu_seconds(web), time.monotonic()
            run(options.rate, seconds, soak.act, look)
            took, cpu = time.monotonic() - began, cpu_seconds(web) - spent
            memory["last"] = pss_mb(web), pss_mb(worker)
        found = _counted(site, soak)
    about = {"minutes": options.minutes, "a_second_wanted": options.rate, "members": options.members, "accounts": options.accounts}  # fmt: skip
    return table(soak.seen, memory, took, cpu, about) | found


def table(
    seen: Seen,
    memory: dict[str, tuple[float, float]],
    took: float,
    cpu: float,
    about: dict[str, Any],
) -> dict[str, Any]:
    """The rows of what was seen. `took` and `cpu`: seconds on the wall and of the web server's processors."""
    every = [one for times in seen.times.values() for one in times]
    errors = sum(seen.errors.values())
    found: dict[str, Any] = {
        "18 soak: all requests": {
            **about, "requests": len(every), "a_second": round(len(every) / took, 2), **_times(every), "aim_p95_ms": SLOWEST_MS,
            "of_cores": round(cpu / took / 2, 3),
        }
    }  # fmt: skip
    for kind, times in seen.times.items():
        found[f"18 soak: {kind}"] = {"requests": len(times), **_times(times), "aim_p95_ms": SLOWEST_MS}  # fmt: skip
    found["18 soak: errors"] = {
        "errors": errors, "share": round(errors / max(1, len(every)), 5), "aim_share": MOST_ERRORS, "kinds": dict(seen.errors),
    }  # fmt: skip
    for at, who in enumerate(("web", "worker")):
        first, last = memory["first"][at], memory["last"][at]
        found[f"18 soak: memory, {who}"] = {
            "first_mb": round(first, 1), "last_mb": round(last, 1), "of_first": round(last / first, 3), "aim": MOST_MEMORY,
        }  # fmt: skip
    return found


def _times(times: list[float]) -> dict[str, float]:
    return {f"p{share:g}_ms": round(percentile(times, share / 100), 1) for share in (50, 95, 99)}


def _counted(site: Installation, soak: Soak) -> dict[str, Any]:
    """Acknowledged writes against rows, once nothing runs any more."""
    said = {"check_in": list(soak.seen.last.values())} | soak.seen.acknowledged
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(said, file)
        file.flush()
        found = json.loads(site.python("-m", "bench.soak_seed", "counted", file.name))
    return {"18 soak: acknowledged writes": {**found, "aim_missing": 0, "aim_doubled": 0}}


def _warm(soak: Soak) -> None:
    """Each page once, so that its title is known and each worker has read what it keeps. Raises Wrong when one is not there."""
    member = soak.members[0]
    for _ in range(4):
        for name, path in {**READS, "conversation": member.talk, **LOOKS}.items():
            soak.site.page(soak.desk if path.startswith("/backbone/") else member, path, name)


@contextmanager
def _worker(site: Installation) -> Iterator[int]:
    """The worker, as the supervisor starts it; gives its process id."""
    process = subprocess.Popen([sys.executable, "manage.py", "run_worker"], env=site.env, cwd=ROOT, stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        yield process.pid
        if process.poll() is not None:
            raise RuntimeError("The worker ended by itself during the soak; that must not be.")
    finally:
        process.terminate()
        process.wait(timeout=60)


def main() -> int:
    """Measure, print, write the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20, help="requests a second")
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--accounts", type=int, default=500)
    parser.add_argument("--prepared", type=Path, help="a folder that holds a prepared site, or shall")  # fmt: skip
    parser.add_argument("--no-write", dest="write", action="store_false")
    options = parser.parse_args()
    with Bench(Pace(), prepared=options.prepared) as bench:
        found = rows(bench, options)
    report(found)
    if options.write:
        write(found, whole=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
