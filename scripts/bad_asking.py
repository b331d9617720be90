"""Sends one request as it stands, byte by byte, and reads what comes back. Standard library only.

A library would mend what is wrong with a request; here nothing does. The address is that of this machine alone.
"""

from __future__ import annotations

import contextlib
import socket
import time
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse

MOST_READ = 60_000_000  # bytes of one answer


@dataclass(frozen=True)
class Case:
    """One bad request: who sends it, and all that it says. `cut`: bytes of the body that are never sent."""

    number: int
    role: str
    kind: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: int = 0

    @property
    def said(self) -> str:
        """The case in one line of a report."""
        odd = ", ".join(f"{name}: {value[:40]!r}" for name, value in self.headers[:3])
        return f"{self.number} {self.role} {self.kind} {self.method} {self.target[:120]} {odd} [{len(self.body)} bytes]"


@dataclass(frozen=True)
class Answered:
    """What came back: 0 as status when the connection ended without an answer."""

    status: int
    headers: str = ""
    body: bytes = b""
    seconds: float = 0.0
    cookies: tuple[str, ...] = field(default=())
    location: str = ""
    kind: str = ""

    @property
    def whole(self) -> bytes:
        """Headers and body, with an empty line between, as the search for words takes them."""
        return self.headers.encode(errors="surrogateescape") + b"\n\n" + self.body


def written(case: Case, port: int, cookies: str, sender: str) -> bytes:
    """The request as it goes over the wire. What the case says of a header replaces what a browser would say."""
    plain = {
        "Host": f"localhost:{port}",
        "Cookie": cookies,
        "X-Forwarded-For": sender,
        "Referer": f"http://localhost:{port}/",
        "Content-Length": str(len(case.body)) if case.body or case.method == "POST" else "",
    }
    given = {name.lower() for name, _value in case.headers}
    kept = [(name, value) for name, value in plain.items() if value and name.lower() not in given]
    lines = [f"{case.method} {case.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (*kept, *case.headers)]
    head = "\r\n".join([*lines, "Connection: close", "", ""])
    whole = case.body[: len(case.body) - case.cut]
    return head.encode("latin-1", errors="replace") + whole


def send(case: Case, port: int, cookies: str, sender: str, patience: float) -> Answered:
    """Send it and wait as many seconds for the whole answer."""
    begun = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=patience) as wire:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused half way
                wire.sendall(written(case, port, cookies, sender))
                if case.cut:
                    wire.shutdown(socket.SHUT_WR)
            answer = HTTPResponse(wire, method=case.method.upper())
            answer.begin()
            body = answer.read(MOST_READ)
    except TimeoutError:
        return Answered(0, "too late", seconds=time.monotonic() - begun)
    except (OSError, HTTPException, ValueError) as problem:
        return Answered(0, repr(problem), seconds=time.monotonic() - begun)
    return Answered(
        answer.status,
        f"{answer.status} {answer.reason}\n{answer.headers}",
        body,
        time.monotonic() - begun,
        tuple(answer.headers.get_all("Set-Cookie") or ()),
        answer.headers.get("Location", ""),
        answer.headers.get("Content-Type", ""),
    )
