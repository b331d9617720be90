"""Members who come when they come: requests begin at their moments, however slow the answers before them are.

A generator that waits for an answer before it asks again hides how long others would have waited. Here each request has a
moment at which it was to begin, and its time counts from there, also when it had to wait for a free line.
"""

from __future__ import annotations

import queue
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.load import CSRF, SESSION, proxied
from bench.site import ROOT

sys.path.append(str(ROOT / "scripts"))

from filled_forms import hidden_fields

LINES = 64  # requests that can be under way at once
PATIENCE = 30  # seconds until a request counts as failed
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
READ, WRITE, LOOK = "reading", "writing", "search and desk"
#: Of a hundred requests 70 read, 20 write, 10 search or are the desk's. A write reads its form first, which is one of the 70.
ARRIVALS = {READ: 50, WRITE: 20, LOOK: 10}
REQUESTS_OF_ARRIVALS = 100 / 80


class Wrong(Exception):
    """An answer that is not what was asked for; the words are the kind of error."""


@dataclass
class Member:
    """Somebody with a session. Their check-in is one text, so they save it once at a time."""

    session: str
    check_in: str = ""
    talk: str = ""
    writing: threading.Lock = field(default_factory=threading.Lock)
    token: str = ""


@dataclass
class Seen:
    """What came back so far."""

    times: dict[str, list[float]] = field(default_factory=lambda: {READ: [], WRITE: [], LOOK: []})
    errors: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    last: dict[tuple[str, str], str] = field(default_factory=dict)  # of each member's check-in
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, seconds: float) -> None:
        """One request was answered as it should be."""
        with self._lock:
            self.times[kind].append(seconds * 1000)

    def failed(self, kind: str, seconds: float, what: str) -> None:
        """One was not. Its time counts too."""
        with self._lock:
            self.times[kind].append(seconds * 1000)
            self.errors[what] += 1

    def wrote(self, what: str, mark: str) -> None:
        """The site has said that this is kept."""
        with self._lock:
            self.acknowledged.setdefault(what, []).append(mark)


def moments(rate: float, seconds: float, chance: random.Random) -> Iterator[float]:
    """When requests begin: on average so many a second, each independent of the others (a Poisson process)."""
    at = chance.expovariate(rate)
    while at < seconds:
        yield at
        at += chance.expovariate(rate)


def run(
    rate: float, seconds: float, act: Callable[[str, float], None], meanwhile: Callable[[float], None]
) -> None:  # fmt: skip
    """Have things happen at their moments for so many seconds. `meanwhile` is called about once a second with the time passed."""
    chance, waiting = random.Random(18), queue.Queue()  # type: ignore[var-annotated]  # noqa: S311 (the same each time)

    def line() -> None:
        while (given := waiting.get()) is not None:
            act(*given)

    lines = [threading.Thread(target=line, daemon=True) for _ in range(LINES)]
    for one in lines:
        one.start()
    began, told = time.monotonic(), 0.0
    for at in moments(rate / REQUESTS_OF_ARRIVALS, seconds, chance):
        while (ahead := began + at - time.monotonic()) > 0:
            time.sleep(min(ahead, 0.2))
            if time.monotonic() - told > 1:
                told = time.monotonic()
                meanwhile(told - began)
        kind = chance.choices(list(ARRIVALS), list(ARRIVALS.values()))[0]
        waiting.put((kind, began + at))
    for _ in lines:
        waiting.put(None)
    for one in lines:
        one.join(PATIENCE * 3)


class Site:
    """The running site as these members ask it."""

    def __init__(self, base: str) -> None:
        place = urlsplit(base)
        self.base, self.host, self.port = base, place.hostname or "", place.port
        self.titles: dict[str, str] = {}

    def ask(self, member: Member, path: str, form: dict[str, Any] | None = None) -> tuple[int, str, str]:  # fmt: skip
        """Status, text, and where it leads. Raises Wrong when nothing comes back."""
        headers = {**proxied(self.base), "Cookie": f"{SESSION}={member.session}; {CSRF}={member.token}"}  # fmt: skip
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form, doseq=True)
        line = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            line.request("GET" if form is None else "POST", path, body, headers)
            answer = line.getresponse()
            found = re.search(rf"{CSRF}=([^;]+)", answer.headers.get("Set-Cookie", ""))
            member.token = found[1] if found else member.token
            return answer.status, answer.read().decode(errors="replace"), answer.headers.get("Location", "")  # fmt: skip
        except TimeoutError:
            raise Wrong("no answer in time") from None
        except (OSError, HTTPException) as problem:
            raise Wrong(type(problem).__name__) from None
        finally:
            line.close()

    def page(self, member: Member, path: str, name: str) -> str:
        """A whole page with the title that this page has. Raises Wrong when it is another one, or none."""
        status, text, _to = self.ask(member, path)
        title = TITLE.search(text)
        if status != 200:
            raise Wrong(f"{name}: status {status}")
        if title is None or not text.rstrip().endswith("</html>"):
            raise Wrong(f"{name}: not a whole page")
        known = self.titles.setdefault(name, title[1].strip())
        if title[1].strip() != known:
            raise Wrong(f"{name}: another title")
        return text

    def send(self, member: Member, page: str, at: str, to: str, typed: dict[str, Any], leads: str) -> str:  # fmt: skip
        """A form of a page with its own token and one-time key; where it led. Raises Wrong unless that is where it should."""
        token = TOKEN.search(page)
        form = {**hidden_fields(page, at=at, to=to), "csrfmiddlewaretoken": token[1] if token else "", **typed}  # fmt: skip
        status, _text, location = self.ask(member, to, form)
        if status != 302 or not re.search(leads, location):
            raise Wrong(f"a form to {re.sub('[0-9a-f-]{36}', 'ID', to)}: status {status}")
        return location


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of them took at most; 0 of none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
