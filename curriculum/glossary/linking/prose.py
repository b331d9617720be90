"""What of some HTML of ours may become a link: its running text, with the way back from a place in it to the HTML."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import unescape

#: Elements in which no word is linked, with all that they hold.
SHUT = frozenset(
    [
        "h1", "h2", "h3", "h4", "h5", "h6", "a", "blockquote", "q", "cite", "code", "pre", "kbd", "samp", "var", "dfn",
        "button", "label", "legend", "option", "summary", "th", "caption", "audio", "video", "noscript", "title", "math",
    ]
)  # fmt: skip
#: Classes of such elements: quotations and sources, cards that explain a word, titles, and small words of our own templates.
SHUT_CLASSES = frozenset(
    [
        "quotation", "sources", "fact", "term-card", "term-note", "chart-about", "chart-title", "chart-panel", "timeline-title",
        "timeline-date", "meta", "hint", "eyebrow", "tag", "message", "bad", "visually-hidden", "answers-invented",
        "answers-kept",
    ]
)  # fmt: skip
#: Kinds of blocks that say what others said, or what a term is.
SHUT_KINDS = frozenset({"heading", "quotation", "fact", "term", "map", "media", "sources"})
#: Elements that stand inside a word or between two; any other ends the sentence before it.
INLINE = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "q", "s",
        "samp", "small", "span", "strong", "sub", "time", "u", "var", "wbr",
    ]
)  # fmt: skip
#: Whole pictures, scripts and fields; comments; tags; characters by name; white space other than one space.
TOKEN = re.compile(
    r"<(?P<whole>svg|script|style|textarea|select)\b.*?</(?P=whole)\s*>|<!--.*?-->"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>[^<>]*)>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|\s{2,}|[^\S ]",
    re.DOTALL,
)
CLASS = re.compile(r'\bclass="([^"]*)"')
#: Stand in the text for an inline tag, and for a word that is shut in beside one that is not.
SEAM, SHUT_WORD, END = "\ue000", "\ue001", "\n"
JOINING = "'\u2010\u2011\u2019\u02bc-"


#: What is longer is no tag that comes again, but a picture.
LONG = 300


@cache
def _letters() -> str:
    """What a word consists of, as a set of a regular expression: letters, digits, marks; marks are no part of `\\w`.

    Rare scripts beyond the first plane are left out, since they would make it slow for all others.
    """
    marks = (chr(at) for at in range(0x300, 0xFFFF) if unicodedata.category(chr(at))[0] == "M")
    return rf"[\w{SHUT_WORD}{''.join(marks)}]"


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(_letters())


@cache
def words() -> re.Pattern[str]:
    """One word: letters, digits and marks, joined by hyphens or apostrophes, over the seams of inline tags."""
    one = f"{_letters()}+"
    between = f"(?:{SEAM}+[{JOINING}]?{SEAM}*|[{JOINING}]{SEAM}*)"
    return re.compile(f"{one}(?:{between}{one})*")


def is_letter(char: str) -> bool:
    """Whether a character is part of a word."""
    return _letter().match(char) is not None


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word."""
    before, after = text[max(0, start - 8) : start].replace(SEAM, ""), text[end : end + 8].replace(SEAM, "")  # fmt: skip
    return not (_goes_on(before[::-1]) or _goes_on(after))


def _goes_on(beside: str) -> bool:
    if beside and beside[0] in JOINING:
        beside = beside[1:]
    return bool(beside) and is_letter(beside[0])


def places_of(text: str, written: str) -> list[int]:
    """Where a word stands in a text, written so and whole."""
    found, at = [], text.find(written)
    while at >= 0:
        if is_whole(text, at, at + len(written)):
            found.append(at)
        at = text.find(written, at + 1)
    return found


@dataclass
class Prose:
    """The text of some HTML in which words may be linked; the rest is left out, but for where it ends a word."""

    html: str
    text: str = ""
    # Of each run of text: its place in the HTML, its length there and here; and its places here.
    _runs: list[tuple[int, int, int]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def in_html(self, start: int, end: int) -> tuple[int, int]:
        """The place in the HTML of a place in the text."""
        return self._place(start, whole=False), self._place(end - 1, whole=True)

    def _place(self, at: int, *, whole: bool) -> int:
        number = bisect_right(self._starts, at) - 1
        in_html, there, here = self._runs[number]
        if there == here:  # letter by letter
            return in_html + at - self._starts[number] + whole
        return in_html + (there if whole else 0)


def prose_of(html: str) -> Prose:
    """The text of some HTML that may be linked. Letters and their marks are put together first, as words are compared so."""
    if not unicodedata.is_normalized("NFC", html):
        html = unicodedata.normalize("NFC", html)
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self.prose = Prose(html)
        self.parts: list[str] = []
        self.length = 0
        self.shut = ""  # the element that shuts out what it holds
        self.depth = 0
        self.hidden: list[str] = []  # first and last character of what is shut out

    def read(self) -> Prose:
        html, at = self.prose.html, 0
        for token in TOKEN.finditer(html):
            start, end = token.span()
            if start > at:
                self._text(html[at:start], at, start - at)
            at, said = end, token[0]
            if said[0] == "<":
                self._tag(*(_meaning if len(said) < LONG else _meaning.__wrapped__)(said))
            else:
                char = unescape(said)
                self._text(" " if char.isspace() else char, start, end - start)
        if at < len(html):
            self._text(html[at:], at, len(html) - at)
        self.prose.text = "".join(self.parts)
        return self.prose

    def _text(self, text: str, at: int, length: int) -> None:
        if self.shut:
            self.hidden = [self.hidden[0] if self.hidden else text[0], text[-1]]
            return
        self.prose._runs.append((at, length, len(text)))
        self.prose._starts.append(self.length)
        self._add(text)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _tag(self, tag: str, step: int, shuts: bool, between: str) -> None:
        if self.shut:
            if tag == self.shut:
                self.depth += step
                if self.depth == 0:
                    self._open_again(tag)
        elif shuts:
            self.shut, self.depth, self.hidden = tag, 1, []
        elif between:
            self._add(between)

    def _open_again(self, tag: str) -> None:
        """What was shut out ends a word beside it, or goes on with it."""
        self.shut = ""
        if tag in INLINE and self.hidden:
            self._add("".join(SHUT_WORD if is_letter(char) else END for char in self.hidden))
        else:
            self._add(SEAM if tag in INLINE else END)


@lru_cache(maxsize=2_000)
def _meaning(said: str) -> tuple[str, int, bool, str]:
    """Of a tag: its element, whether it opens (1) or ends (-1) it, whether it shuts out what it holds, and what stands for it."""
    token = TOKEN.match(said)
    tag = token["tag"] if token else None
    if (
        token is None or tag is None
    ):  # a comment stands for nothing, a whole picture ends a sentence
        return "", 0, False, END if token and token["whole"] else ""
    tag = tag.lower()
    between = SEAM if tag in INLINE else END
    if token["end"]:
        return tag, -1, False, between
    if token["rest"].endswith("/"):
        return tag, 0, False, between
    return tag, 1, tag in SHUT or _has_shut_class(token["rest"]), between


def _has_shut_class(rest: str) -> bool:
    found = CLASS.search(rest)
    return found is not None and not SHUT_CLASSES.isdisjoint(found[1].split())
