"""A browser of few words that knows which answers it has really got, and can cut a request off."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from faults.surroundings import Broken

PASSWORD = "lodestar-demo"  # noqa: S105 (of the demonstration; every start prints it)


class NoAnswer(Exception):
    """The connection ended or stood still before the answer was there: nobody knows what came of the request."""


@dataclass(frozen=True)
class Answer:
    """Status, text, and where it leads."""

    status: int
    text: str
    location: str = ""

    @property
    def token(self) -> str:
        """The form token of the page; empty without one."""
        _start, _name, rest = self.text.partition('name="csrfmiddlewaretoken" value="')
        return rest.partition('"')[0]


@dataclass
class Browser:
    """One person's browser: keeps cookies, opens a connection for each request, follows nothing by itself."""

    port: int
    patience: float = 35.0  # seconds; a person waits, too
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    name: str = ""  # what the site is called, where that is not how it is reached

    def get(self, path: str) -> Answer:
        """A page. Raises NoAnswer."""
        return self._exchange("GET", path, b"")

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """The answer to a form. Raises NoAnswer when it did not come: then it may have been taken or not."""
        return self._exchange("POST", path, urlencode(form).encode())

    def cut(self, path: str, form: dict[str, str], *, share: float, then_wait: float = 0.0) -> None:
        """Send this share of a form's request (1: all of it), wait a moment, and close without reading the answer."""
        body = urlencode(form).encode()
        head = "".join(
            f"{name}: {value}\r\n" for name, value in self._headers("POST", body).items()
        )
        request = f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        with (
            contextlib.suppress(OSError),
            socket.create_connection((self.host, self.port), timeout=5) as line,
        ):
            line.sendall(request[: max(1, int(len(request) * share))])
            if then_wait:
                line.settimeout(then_wait)
                with contextlib.suppress(OSError):
                    line.recv(1)
            line.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
            )  # a cut, not a farewell

    def sign_in(self, name: str) -> None:
        """Sign in as somebody of the demonstration. Raises Broken when that does not work."""
        entrance = "/account/login/"
        form = {"login": f"{name}@riverton.example", "password": PASSWORD}
        try:
            page = self.get(entrance)
            answer = self.post(entrance, {"csrfmiddlewaretoken": page.token, **form})
        except NoAnswer as problem:
            raise Broken(f"{name} could not sign in: {problem}") from None
        if answer.status != 302:
            raise Broken(f"{name} could not sign in: status {answer.status}.")

    def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        connection = HTTPConnection(self.host, self.port, timeout=self.patience)
        try:
            connection.request(method, path, body or None, self._headers(method, body))
            got = connection.getresponse()
            text = got.read().decode(errors="replace")
        except (OSError, HTTPException) as problem:
            raise NoAnswer(f"{type(problem).__name__}") from None
        finally:
            connection.close()
        self._remember(got)
        return Answer(got.status, text, urlsplit(got.headers.get("Location", "")).path)

    def _headers(self, method: str, body: bytes) -> dict[str, str]:
        here = self.name or f"localhost:{self.port}"
        headers = {"Host": here, "Referer": f"http://{here}/", "Connection": "close"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers |= {
                "Origin": f"http://{here}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(body)),
            }
        return headers

    def _remember(self, got: HTTPResponse) -> None:
        for line in got.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
