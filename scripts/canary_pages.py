"""The pages of the sweep for canaries: Dev writes by the real forms; the others go to every address there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    ProxyHandler,
    Request,
    build_opener,
)

from fresh_clone import Failed
from sweep import LEFT_OUT, PARAMETER, known_routes
from traces import Words, unfolded
from turns import groups_for, ids_for, is_private, own_ids, queries_for
from visitor import Answer, Visitor

JOURNAL = "/journal/"
ID = re.compile(r"/journal/([0-9a-f-]{36})/")
#: What stands in for parameters that name no id.
FILL = {"slug": "spring", "int": "1", "str": "x", "path": "x", "": "x"}


class HiddenFields(HTMLParser):
    """The hidden inputs of the form in which an entry is written, and where it is saved while one types."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._form: dict[str, str] = {}
        self._keep = ""
        self.found: dict[str, str] = {}
        self.keep = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what belongs to the form that turns out to hold the text."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form, self._keep = {}, given.get("data-autosave", "")
        elif tag == "input" and given.get("type") == "hidden":
            self._form[given.get("name", "")] = given.get("value", "")
        elif tag == "textarea" and given.get("name") == "body":
            self.found, self.keep = self._form, self._keep


class _Stay(HTTPRedirectHandler):
    """A redirect is an answer, too."""

    def redirect_request(self, *_args: object) -> None:
        return None


class Reader(Visitor):
    """A visitor who can look at an answer as it comes: status, headers, cookies, body, redirects not followed."""

    def __init__(self, address: str) -> None:
        super().__init__(address, patience=30)
        self._plain = build_opener(HTTPCookieProcessor(self.cookies), ProxyHandler({}), _Stay())

    def whole(self, path: str, form: dict[str, Any] | None = None) -> bytes:
        """All of an answer, and what is packed in it."""
        data = urlencode(form, doseq=True).encode() if form is not None else None
        address = self.address + path
        try:
            answer = self._plain.open(
                Request(address, data, headers={"Referer": address}), timeout=30
            )
        except HTTPError as refused:
            answer = refused
        with answer:
            head = f"{answer.status} {answer.reason}\n{answer.headers}\n".encode()
            return head + b"\n".join(unfolded(answer.read()))

    def walk(self, paths: Mapping[str, bool]) -> Iterator[tuple[str, bytes]]:
        """What stands at each address; to those of which that is said a form is sent as well."""
        token = self.ask("/account/profile/").token
        for path in paths:
            yield f"GET {path}", self.whole(path)
        for path, posts in paths.items():  # later, for it may end what there is to read
            if posts:
                form = {"csrfmiddlewaretoken": token, "act": "save"}
                yield f"POST {path}", self.whole(path, form)


def write(dev: Reader, words: Words) -> tuple[list[str], bytes]:
    """Save an entry and a draft, look for words, see how it will look. Gives the ids, and all that Dev was shown."""
    entry, draft = ({name: words.word(f"{kind} {name}") for name in ("title", "body", "tags")} for kind in ("entry", "draft"))  # fmt: skip
    hidden = _form(dev)
    kept = dev.ask(hidden.keep or f"{JOURNAL}write/keep/", {**hidden.found, **draft})
    if kept.status != 200 or not json.loads(kept.text).get("version"):
        raise Failed(f"No draft was saved ({kept.status}): {kept.text[:300]}")
    fresh = _form(dev).found
    shown = dev.ask(f"{JOURNAL}write/", {**fresh, **entry, "act": "preview"}).text
    saved = dev.ask(f"{JOURNAL}write/", {**fresh, **entry, "act": "save"})
    named = ID.search(saved.url)
    if saved.status != 200 or not named:
        raise Failed(f"No entry was saved ({saved.status} at {saved.url}).")
    drafts = [one for one in dict.fromkeys(ID.findall(dev.ask(f"{JOURNAL}write/").text)) if one != named[1]]  # fmt: skip
    ids = [named[1], *drafts]
    found = dev.press(saved, f"{JOURNAL}search/", words=entry["body"]).text
    pages = [dev.ask(f"{JOURNAL}{one}/write/").text for one in ids]
    carried = dev.whole(f"{JOURNAL}export/", {"csrfmiddlewaretoken": fresh["csrfmiddlewaretoken"]})
    if words.word("entry body").encode() not in carried:
        raise Failed("The export does not hold what was written.")
    return ids, unescape("\n".join((shown, saved.text, found, *pages))).encode()


def _form(dev: Reader) -> HiddenFields:
    page: Answer = dev.ask(f"{JOURNAL}write/")
    hidden = HiddenFields(page.text)
    if page.status != 200 or not hidden.found.get("once"):
        raise Failed(f"The page to write on does not open ({page.status} at {page.url}).")
    return hidden


def addresses(
    ids: dict[str, str], couples: list[list[str]], person: str, *, staff: bool
) -> dict[str, bool]:
    """Every address, and whether to send a form to it, with planted ids (each of an app) where one takes an id, and in the query of the private parts' own.

    Where an address takes several, with those that hang together by `couples` as well.
    """
    found: dict[str, bool] = {}
    for _rule, route in known_routes():
        if re.search(r"[(^\\]", route) or (route.startswith("admin/") and not staff):
            continue
        pieces = PARAMETER.split(route)  # text, kind, text, kind, …, text
        asked, own = ids_for(route, ids, person), set(own_ids(route, ids))
        count = pieces[1::2].count("uuid")
        pairs = [(on, one) for on, one in couples]
        groups = groups_for(asked or list(ids)[:1], pairs, count) if count else [[]]
        for group in groups:
            given = iter(group)
            filled = [_value(piece, given) if place % 2 else piece for place, piece in enumerate(pieces)]  # fmt: skip
            found[f"/{''.join(filled)}"] = is_private(route) and (not group or group[-1] in own)
        if is_private(route) and "<" not in route:
            queries = queries_for(route, ids, person)
            found |= dict.fromkeys((f"/{route}?{query}" for query in queries), False)
    return {path: posts for path, posts in found.items() if not path.startswith(LEFT_OUT)}


def _value(kind: str | None, given: Iterator[str]) -> str:
    return next(given) if kind == "uuid" else FILL.get(kind or "", "x")
