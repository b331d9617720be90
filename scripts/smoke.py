#!/usr/bin/env python3
"""A few requests and one write against a running site: is it whole?   SITE=http://localhost:8000

In the demonstration it signs in as Dev, marks a lesson that he has not read and takes that back, so that his progress is what it
was. Elsewhere the write is a sign-in that must be refused: it goes through limiter, password check and database.
"""

from __future__ import annotations

import re
import sys
from http.client import HTTPException

from visitor import Answer, Visitor, site

SITE = site()
PAGES = {
    "/healthz": "ok",
    "/readyz": '"ready": true',
    "/": "</html>",
    "/learn/": "</html>",
    "/glossary/": "</html>",
    "/search/?q=redlining": "</html>",
    "/privacy/": "</html>",
}
MODULE = re.compile(r'href="(/learn/[\w-]+/)"')
LESSON = re.compile(r'href="(/learn/[\w-]+/[\w-]+/)"')
STYLE = re.compile(r'href="(/static/[^"]+\.css)"')
MARK = re.compile(r'action="(/progress/[0-9a-f-]+/)"')
MOST_LESSONS = 40


def main() -> int:
    """Ask for everything, say what was found, exit status 1 when something is not as it should be."""
    visitor, failed = Visitor(SITE), 0
    try:
        for path, words in PAGES.items():
            answer = visitor.ask(path)
            failed += not said(path, answer.status == 200 and words in answer.text)
        failed += not said("its style sheets", has_style(visitor))
        missing = visitor.ask("/no-such-page/")
        failed += not said("a page that is not there", missing.status == 404)
        failed += not said("one write", write(visitor))
    except (OSError, HTTPException, ValueError) as problem:
        print(f"Nothing answers at {SITE} ({problem}). Start it with `make run` and try again.")
        return 1
    print(f"{SITE} is whole." if not failed else f"{failed} of these are not as they should be.")
    return 1 if failed else 0


def has_style(visitor: Visitor) -> bool:
    """Whether every style sheet that the front page names is there."""
    named = STYLE.findall(visitor.ask("/").text)
    return bool(named) and all(visitor.ask(path).status == 200 for path in named)


def write(visitor: Visitor) -> bool:
    """Sign in; in the demonstration also mark a lesson, take it back and sign out."""
    answer = visitor.sign_in("dev")
    if not answer.url.endswith("/today/"):
        return answer.status == 200 and bool(answer.token)
    try:
        lesson = unread_lesson(visitor)
        # A sign-in is a write, too. Nothing that Dev has done is touched when he has read everything.
        return lesson is None or all(mark(visitor, lesson, act) for act in ("done", "undo"))
    finally:
        visitor.sign_out()


def unread_lesson(visitor: Visitor) -> str | None:
    """A lesson whose page offers to mark it done; None when all are."""
    asked: set[str] = set()
    for module in dict.fromkeys(MODULE.findall(visitor.ask("/learn/").text)):
        for lesson in dict.fromkeys(LESSON.findall(visitor.ask(module).text)):
            if lesson in asked or len(asked) >= MOST_LESSONS:
                continue
            asked.add(lesson)
            page = visitor.ask(lesson)
            # One that was done and has changed since offers both; taking that back would lose its date.
            if offers(page, "done") and not offers(page, "undo"):
                return lesson
    return None


def mark(visitor: Visitor, lesson: str, action: str) -> bool:
    """Press the lesson's button; afterwards its page offers the opposite."""
    page = visitor.ask(lesson)
    address = MARK.search(page.text)
    if not address or not offers(page, action):
        return False
    answer = visitor.press(page, address[1], action=action)
    return answer.status == 200 and offers(answer, "undo" if action == "done" else "done")


def offers(page: Answer, action: str) -> bool:
    """Whether the page has the button."""
    return page.status == 200 and f'name="action" value="{action}"' in page.text


def said(what: str, good: bool) -> bool:
    """Say how one of them went."""
    print(f"{'fine ' if good else 'WRONG'}  {what}", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
