"""The forms of a page as a browser sees them: where each is sent, and every field with what may be chosen. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Field:
    """One field: its kind as the page says it, its value, and the choices of a list."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form: the page it stands on, the path it is sent to, whether it carries files."""

    page: str
    path: str
    method: str
    is_multipart: bool
    fields: list[Field] = field(default_factory=list)


class Forms(HTMLParser):
    """Every form of a page, with the ways that its buttons name."""

    def __init__(self, page: str, *, at: str) -> None:
        super().__init__()
        self._at = at
        self._form: Form | None = None
        self._list: Field | None = None
        self.found: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of the one that is open."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(given)
        elif self._form and tag in {"input", "textarea", "select", "button"} and given.get("name"):
            one = Field(given["name"], given.get("type", tag), given.get("value", ""))
            self._form.fields.append(one)
            self._list = one if tag == "select" else self._list
        elif self._list and tag == "option":
            self._list.choices.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """A form or a list of choices ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._list = None

    def _begin(self, given: dict[str, str]) -> None:
        parts = urlsplit(urljoin(self._at, given.get("action", "")))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        is_multipart = given.get("enctype", "").startswith("multipart")
        self._form = Form(self._at, path, given.get("method", "get").upper(), is_multipart)
        self.found.append(self._form)
