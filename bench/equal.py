"""*Equal time* of the threat list: what is refused for one reason takes as long as what is refused for another.

Each pair is asked in turn, 200 times each, one request at a time over one connection, after a few that only warm up. Medians
may differ by 50 ms where a password is hashed, by 5 ms elsewhere.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from bench.load import CSRF, SESSION, TOKEN, proxied
from bench.measuring import Bench
from bench.telling import step

HASHED_MS, PLAIN_MS = 50, 5
WARM = 5
DEV = "dev@riverton.example"
LOGIN, SIGNUP, RESET, CODE = (f"/account/{part}/" for part in ("login", "signup", "password/reset", "login/code"))  # fmt: skip
PASSWORD = "a new password of the benchmark"  # noqa: S105 (of nobody)
#: What a member may not know of, and an id that nobody has: `{}` is the id.
PRIVATE = {
    "an entry of another's journal": "/journal/{}/",
    "another's commitment": "/commitments/{}/",
    "a check-in of another pair": "/buddy/check-ins/{}/",
    "a caucus one is not in": "/caucuses/{}/",
    "a notice of another": "/account/notices/{}/read/",
}

Ask = Callable[[int], tuple[float, int]]


class Visitor:
    """One connection that is kept open, and the cookies it sends."""

    def __init__(self, base: str, session: str = "") -> None:
        place = urlsplit(base)
        self.base, self.session = base, session
        self._line = HTTPConnection(place.hostname or "", place.port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[float, int]:
        """Milliseconds until the whole answer was there, and its status."""
        cookies = f"{CSRF}={TOKEN}" + (f"; {SESSION}={self.session}" if self.session else "")
        headers = {**proxied(self.base), "Cookie": cookies}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **form})
        began = time.perf_counter()
        self._line.request("GET" if form is None else "POST", path, body, headers)
        answer = self._line.getresponse()
        answer.read()
        return (time.perf_counter() - began) * 1000, answer.status


def rows(bench: Bench) -> dict[str, Any]:
    """All pairs on one small site."""
    with bench.site() as site:
        known = json.loads(site.python("-m", "bench.equal_seed"))
        with site.serve() as (base, _pid):
            step("equal time: signing in, signing up, a forgotten password, a code by mail")
            found = _at_the_door(base, bench.sign_ins)
            step("equal time: what one may not know of, and what is not there")
            return found | _private(base, known, bench.sign_ins)


def _at_the_door(base: str, times: int) -> dict[str, Any]:
    visitor = Visitor(base)
    wrong = {"password": "not the password"}
    new = {"password1": PASSWORD, "password2": PASSWORD}
    return {
        "17 equal time: sign-in, wrong password": compared(
            times, HASHED_MS,
            lambda _at: visitor.ask(LOGIN, {"login": DEV, **wrong}),
            lambda at: visitor.ask(LOGIN, {"login": f"nobody{at}@riverton.example", **wrong}),
        ),
        "17 equal time: sign-up": compared(
            times, HASHED_MS,
            lambda _at: visitor.ask(SIGNUP, {"email": DEV, **new}),
            lambda at: visitor.ask(SIGNUP, {"email": f"new{at}@riverton.example", **new}),
        ),
        "17 equal time: a forgotten password": compared(
            times, PLAIN_MS,
            lambda _at: visitor.ask(RESET, {"email": DEV}),
            lambda at: visitor.ask(RESET, {"email": f"gone{at}@riverton.example"}),
        ),
        "17 equal time: a code by mail": compared(
            times, PLAIN_MS,
            lambda _at: visitor.ask(CODE, {"email": DEV}),
            lambda at: visitor.ask(CODE, {"email": f"other{at}@riverton.example"}),
        ),
    }  # fmt: skip


def _private(base: str, known: dict[str, Any], times: int) -> dict[str, Any]:
    visitor, found = Visitor(base, known["session"]), {}
    for name, path in PRIVATE.items():
        form: dict[str, str] | None = {} if path.endswith("/read/") else None
        there = path.format(known["ids"][name])
        found[f"17 equal time: {name}"] = compared(
            times, PLAIN_MS,
            lambda _at, there=there, form=form: visitor.ask(there, form),  # type: ignore[misc]
            lambda _at, path=path, form=form: visitor.ask(path.format(uuid4()), form),  # type: ignore[misc]
        )  # fmt: skip
    return found


def compared(times: int, aim_ms: float, known: Ask, unknown: Ask) -> dict[str, Any]:
    """Both in turn, so many times each. Raises RuntimeError when they are not answered alike: then time is no question."""
    took: tuple[list[float], list[float]] = ([], [])
    statuses: tuple[set[int], set[int]] = (set(), set())
    for at in range(-WARM, times):
        for side, ask in enumerate((known, unknown)):
            milliseconds, status = ask(at)
            statuses[side].add(status)
            if at >= 0:
                took[side].append(milliseconds)
    if statuses[0] != statuses[1]:
        raise RuntimeError(f"Known and unknown are answered differently: {statuses}.")
    one, other = (statistics.median(side) for side in took)
    return {
        "known_ms": round(one, 2), "unknown_ms": round(other, 2), "difference_ms": round(abs(one - other), 2),
        "aim_difference_ms": aim_ms, "times_each": times, "status": sorted(statuses[0]),
    }  # fmt: skip
