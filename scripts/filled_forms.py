"""What a browser would send besides what a person types: the hidden fields of a form. Standard library only."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LEFT_OUT = {"csrfmiddlewaretoken"}


class _Forms(HTMLParser):
    """Every form of a page that posts: where it may be sent, and its hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[list[str], dict[str, str]]] = []
        self._to: list[str] = []
        self._fields: dict[str, str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._to, self._fields = [given.get("action", "")], {}
            for saves in given.keys() & {"data-autosave", "data-draft"}:  # sent while one types
                self._to.append(given[saves])
            if given.get("method", "").lower() == "post":
                self.found.append((self._to, self._fields))
        elif self._fields is not None and "formaction" in given:
            self._to.append(given["formaction"])
        elif self._fields is not None and tag == "input" and given.get("type") == "hidden":
            self._fields[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None


def hidden_fields(page: str, *, at: str, to: str) -> dict[str, str]:
    """The hidden fields of the first form of the page at `at` that is sent to `to`; empty where there is none."""
    for ways, fields in _Forms(page).found:
        if urlsplit(to).path in {urlsplit(urljoin(at, way)).path for way in ways}:
            return {name: value for name, value in fields.items() if name not in LEFT_OUT}
    return {}
