"""A browser of few words for the scripts that look a running site over. Standard library only."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PASSWORD = "lodestar-demo"  # noqa: S105 (of the demonstration; every start prints it)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def site() -> str:
    """The address to look over: SITE, or this machine at PORT."""
    return os.environ.get("SITE", f"http://localhost:{os.environ.get('PORT') or '8000'}").rstrip(
        "/"
    )


@dataclass(frozen=True)
class Answer:
    """What came back: status, text, and the address after redirects."""

    status: int
    text: str
    url: str

    @property
    def token(self) -> str:
        """The form token of the page; empty without one."""
        found = TOKEN.search(self.text)
        return found[1] if found else ""


class Visitor:
    """Keeps its cookies and follows redirects; asks this machine itself, whatever proxy the environment names."""

    def __init__(self, address: str, patience: float = 15) -> None:
        """`patience`: seconds to wait for one answer."""
        self.address, self.patience = address, patience
        self.cookies = CookieJar()
        near = urlsplit(address).hostname in LOOPBACK
        # This machine is asked as the proxy in front of it asks, so that a site in production can be looked over, too.
        self._claims = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"} if near else {}  # fmt: skip
        if near:
            self.cookies.set_policy(DefaultCookiePolicy(secure_protocols=("https", "http")))
        direct = [ProxyHandler({})] if near else []
        self._opener = build_opener(HTTPCookieProcessor(self.cookies), *direct)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """A page, or the answer to a form. Raises OSError when nobody answers."""
        data = urlencode(form).encode() if form is not None else None
        address = self.address + path
        referer = address.replace("http://", "https://", 1) if self._claims else address
        request = Request(address, data, headers={"Referer": referer, **self._claims})
        try:
            with self._opener.open(request, timeout=self.patience) as answer:
                return Answer(answer.status, answer.read().decode(errors="replace"), answer.url)
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read().decode(errors="replace"), refused.url)

    def press(self, page: Answer, path: str, **form: str) -> Answer:
        """Send a form with the token of the page that shows it."""
        return self.ask(path, {"csrfmiddlewaretoken": page.token, **form})

    def sign_in(self, name: str) -> Answer:
        """Sign in as somebody of the demonstration; the answer's address ends in /today/ when that worked."""
        entrance = "/account/login/"
        return self.press(
            self.ask(entrance), entrance, login=f"{name}@riverton.example", password=PASSWORD
        )

    def sign_out(self) -> None:
        """Leave no session behind."""
        exit_page = "/account/logout/"
        self.press(self.ask(exit_page), exit_page)
