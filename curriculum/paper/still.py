"""HTML of a lesson made still for paper: nothing to press or to fill in, nothing folded, ids that are unique on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString

from core.text import trusted

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
#: Gone with everything inside: machines' text, what is pressed, what plays, what is chosen from.
GONE = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "button",
        "select",
        "textarea",
        "datalist",
        "dialog",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "progress",
        "input",
        "link",
        "meta",
    ]
)
#: Gone themselves; what they hold stays.
UNWRAPPED = frozenset({"form", "label"})
#: Parts of a page that a screen reader offers to jump to; a sheet of many lessons would be full of them.
LANDMARKS = frozenset({"section", "aside", "nav", "header", "footer", "main", "article"})
RENAMED = {
    **dict.fromkeys(LANDMARKS, "div"),
    "details": "div", "summary": "div", "fieldset": "div", "legend": "div",
}  # fmt: skip
LOWERED = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
#: Attributes that only act: they mean nothing on paper. `on…` and `data-…` go as well.
ACTING = frozenset(
    [
        "action",
        "autofocus",
        "contenteditable",
        "draggable",
        "for",
        "form",
        "formaction",
        "loading",
        "method",
        "onclick",
        "popovertarget",
        "tabindex",
        "aria-live",
        "aria-controls",
        "aria-expanded",
        "aria-pressed",
        "open",
        "target",
    ]
)
#: Roles that say what a thing is; others say how it is worked.
ROLES = frozenset({"img", "list", "listitem", "note", "table"})
NAMING = frozenset({"id", "aria-labelledby", "aria-describedby", "headers"})
NAME_IN_SVG = re.compile(r"""(\bid=["']|url\(#|href=["']#)""")
ID = re.compile(r"""\bid=["']([^"']+)["']""")


@dataclass(frozen=True)
class Sheet:
    """Pieces of HTML as they stand on paper, and the addresses of terms that they lead to, each with its words."""

    pieces: tuple[SafeString, ...]
    terms: dict[str, str]


def still(*pieces: str, prefix: str, base: str) -> Sheet:
    """Pieces of HTML of ours that stand on one sheet.

    `prefix` goes before their ids, so that several lessons fit on one page; `base` is the address they were written for.
    An address is written out where it is met first, at sources always, at terms never (they are listed); a link to
    something that is not here becomes its words.
    """
    reader = _Still(prefix, base, frozenset(ID.findall("".join(pieces))))
    read = tuple(trusted(reader.read(piece)) for piece in pieces)
    return Sheet(read, reader.terms)


class _Still(HTMLParser):
    def __init__(self, prefix: str, base: str, here: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.prefix, self.base, self.here = prefix, base, here
        self.out: list[str] = []
        self.gone: list[str] = []  # open elements of a part that is left out, the outermost first
        self.links: list[
            str | None
        ] = []  # what each open link leads to; None for one that became words
        self.written: set[str] = set()
        self.terms: dict[
            str, str
        ] = {}  # words of the shared language that were met, by their address
        self.term = ""  # the open link to a term
        self.svg = 0
        self.cite = False  # inside the title of a source, whose address is always written out

    def read(self, html: str) -> str:
        """One whole piece."""
        self.out = []
        self.feed(html)
        self.close()
        self.reset()
        return "".join(self.out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.gone or tag in GONE or _is_hidden(attrs):
            if tag not in VOID:
                self.gone.append(tag)
        elif self.svg or tag == "svg":
            self.svg += tag == "svg"
            self.out.append(NAME_IN_SVG.sub(rf"\g<1>{self.prefix}", self.get_starttag_text() or ""))
        elif tag == "a":
            self._open_link(attrs)
        elif tag not in UNWRAPPED:
            self.cite = self.cite or tag == "cite"
            self._open(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.svg and not self.gone:
            self.out.append(NAME_IN_SVG.sub(rf"\g<1>{self.prefix}", self.get_starttag_text() or ""))
        elif tag in VOID or tag not in GONE:
            self.handle_starttag(tag, attrs)
            if tag not in VOID:
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.gone:
            if tag in self.gone:
                del self.gone[len(self.gone) - 1 - self.gone[::-1].index(tag) :]
        elif self.svg:
            self.svg -= tag == "svg"
            self.out.append(f"</{tag}>")
        elif tag == "a":
            self._close_link()
        elif tag not in UNWRAPPED and tag not in VOID:
            self.cite = self.cite and tag != "cite"
            self.out.append(f"</{_name(tag)}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if not self.gone:
            self.out.append(text)
            if self.term:
                self.terms[self.term] += unescape(text)

    def _open(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = dict(attrs)
        if tag in {"details", "summary"}:
            kept["class"] = f"{kept.get('class') or ''} opened-{tag}".strip()
        role = ' role="group"' if tag in LANDMARKS and kept.get("aria-label") else ""
        self.out.append(f"<{_name(tag)}{role}{self._attributes(kept)}>")

    def _attributes(self, attrs: dict[str, str | None]) -> str:
        said = ""
        for name, value in attrs.items():
            if name in ACTING or name.startswith(("on", "data-")):
                continue
            if name == "role" and value not in ROLES:
                continue
            said += f" {name}"
            said += "" if value is None else f'="{escape(self._value(name, value))}"'
        return said

    def _value(self, name: str, value: str) -> str:
        if name in NAMING:
            return " ".join(self.prefix + one for one in value.split())
        return " ".join(value.split()) if name == "alt" else value

    def _open_link(self, attrs: list[tuple[str, str | None]]) -> None:
        kept = dict(attrs)
        address = kept.get("href") or ""
        if address.startswith("#"):
            target = address[1:]
            if target not in self.here:
                self.links.append(None)
                return
            kept["href"] = f"#{self.prefix}{target}"
            self.links.append("")
        else:
            whole = kept["href"] = urljoin(self.base, address)
            self.links.append(whole)
            if kept.get("class") == "term" and whole not in self.terms:
                self.term = whole
                self.terms[whole] = ""
        self.out.append(f"<a{self._attributes(kept)}>")

    def _close_link(self) -> None:
        address = self.links.pop() if self.links else None
        if address is None:
            return
        self.out.append("</a>")
        self.term = ""
        if address and address not in self.terms and (self.cite or address not in self.written):
            self.written.add(address)
            self.out.append(f' <span class="address">({escape(written_out(address))})</span>')


def written_out(address: str) -> str:
    """An address as it is typed into a browser: whole, our own with the name of the site."""
    return urljoin(f"{settings.SITE_URL}/", address)


def _name(tag: str) -> str:
    return RENAMED.get(tag) or LOWERED.get(tag, tag)


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name in {"hidden", "popover"} for name, _value in attrs)
