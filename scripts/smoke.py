#!/usr/bin/env python3
"""A few requests and one write against a running site: is it whole?   SITE=http://localhost:8000

In the demonstration it signs in as Dev, marks a lesson done and takes that back. Elsewhere the write is a sign-in that must be
refused: it goes through limiter, password check and database.
"""

from __future__ import annotations

import os
import re
import sys
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

SITE = os.environ.get("SITE", f"http://localhost:{os.environ.get('PORT') or '8000'}").rstrip("/")
PAGES = {
    "/healthz": "ok",
    "/readyz": '"ready": true',
    "/": "</html>",
    "/learn/": "</html>",
    "/glossary/": "</html>",
    "/search/?q=redlining": "</html>",
    "/privacy/": "</html>",
}
LESSON = re.compile(r'href="(/learn/[\w-]+/[\w-]+/)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MARK = re.compile(r'action="(/progress/[0-9a-f-]+/)"')


class Visitor:
    """A browser of few words: it keeps its cookies and follows redirects."""

    def __init__(self) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text and final address of a page, or of a form's answer."""
        data = urlencode(form).encode() if form is not None else None
        request = Request(SITE + path, data, headers={"Referer": SITE + path})
        try:
            with self._opener.open(request, timeout=15) as answer:
                return answer.status, answer.read().decode(), answer.url
        except HTTPError as refused:
            return refused.code, refused.read().decode(), refused.url


def main() -> int:
    """Ask for everything, say what was found, exit status 1 when something is not as it should be."""
    visitor, failed = Visitor(), 0
    try:
        for path, words in PAGES.items():
            status, text, _url = visitor.ask(path)
            failed += not said(path, status == 200 and words in text)
        status, _text, _url = visitor.ask("/no-such-page/")
        failed += not said("a page that is not there", status == 404)
        failed += not said("one write", write(visitor))
    except OSError as problem:
        print(f"Nothing answers at {SITE} ({problem}). Start it with `make run` and try again.")
        return 1
    print(f"{SITE} is whole." if not failed else f"{failed} of these are not as they should be.")
    return 1 if failed else 0


def write(visitor: Visitor) -> bool:
    """Sign in; in the demonstration also mark a lesson and take it back."""
    _status, page, _url = visitor.ask("/account/login/")
    token = TOKEN.search(page)
    if not token:
        return False
    form = {
        "csrfmiddlewaretoken": token[1],
        "login": "dev@riverton.example",
        "password": "lodestar-demo",
    }
    status, page, url = visitor.ask("/account/login/", form)
    if not url.endswith("/today/"):
        return status == 200 and "csrfmiddlewaretoken" in page
    _status, page, _url = visitor.ask("/learn/")
    module = re.search(r'href="(/learn/[\w-]+/)"', page)
    _status, page, _url = visitor.ask(module[1] if module else "/learn/")
    lesson = LESSON.search(page)
    return lesson is not None and all(
        mark(visitor, lesson[1], action) for action in ("done", "undo")
    )


def mark(visitor: Visitor, lesson: str, action: str) -> bool:
    """Press the lesson's button."""
    _status, page, _url = visitor.ask(lesson)
    token, address = TOKEN.search(page), MARK.search(page)
    if not token or not address:
        return False
    status, page, _url = visitor.ask(
        address[1], {"csrfmiddlewaretoken": token[1], "action": action}
    )
    return status == 200 and ('value="undo"' in page) == (action == "done")


def said(what: str, good: bool) -> bool:
    """Say how one of them went."""
    print(f"{'fine ' if good else 'WRONG'}  {what}", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
