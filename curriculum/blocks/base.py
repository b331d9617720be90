"""What a lesson asks of each of its blocks: its words, what it cites, and what keeps it from being published."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.text import plain_text, render_published
from curriculum.models.facts import KEY

#: `[@RL04]` cites a fact or a source; `[=RL04]` says the fact's own sentence there and cites it.
CITED = re.compile(rf"\[([@=])({KEY})\]")
ALMOST_CITED = re.compile(r"\[[@=][^\]\[]{0,40}\]")
#: `[these words](term:equity)` leads to a term of the glossary.
TERM_LINK = re.compile(r"\]\(term:([a-z0-9-]{1,120})\)")
HEADER_CELL = re.compile(r"<th[^<>]*>(.*?)</th>", re.DOTALL)
HEADING = re.compile(r"<(h[1-6])[^<>]*>(.*?)</\1>", re.DOTALL)
END_OF_SENTENCE = re.compile(r"[.!?…”\"’]*$")

Facts = Mapping[str, Any]


class Problem(NamedTuple):
    """Why a block cannot be published, in words, and the name of the value that they are about (empty: the block)."""

    words: str
    field: str = ""


class LessonBlock:
    """The answers of a block that holds no words, cites nothing and is always ready; blocks override what is theirs."""

    #: Names of values of a struct whose words are prose: they may cite and are part of an edition.
    prose: tuple[str, ...] = ()
    #: Whether that prose is Markdown; else it is shown as it was typed.
    markdown = False
    #: Names of values that hold the key of one source.
    source_keys: tuple[str, ...] = ()
    #: The door of `core.doors` at which another app may offer a place for the reader's answer.
    door = ""
    #: Names of values that must not be empty in print, with what is said when one is.
    needed: tuple[tuple[str, Any], ...] = ()

    def texts(self, value: Any) -> Iterator[str]:
        """The texts of the block that people read, as written."""
        yield from (str(value.get(name)) for name in self.prose if value.get(name))

    def plain(self, value: Any, facts: Facts) -> str:
        """The words of the block without any markup, for editions: a line for each paragraph, heading or item."""
        texts = self.texts(value)
        words = (plain_text(published_html(one)) for one in texts) if self.markdown else texts
        return lines_of("\n".join(said(one, facts) for one in words))

    def cited(self, value: Any) -> Iterator[str]:
        """The keys that the block cites, in reading order."""
        for text in self.texts(value):
            yield from (key for _kind, key in CITED.findall(text))
        yield from (value[name] for name in self.source_keys if value.get(name))

    def borrowed(self, value: Any) -> Iterator[str]:
        """Keys that the block points to without making them sources of the lesson; something else in it must cite them."""
        return iter(())

    def prompt(self, value: Any, facts: Facts) -> str:
        """What the block asks, as text, for the app that offers its door."""
        return self.plain(value, facts) if self.door else ""

    def said_keys(self, value: Any) -> Iterator[str]:
        """The keys of the facts whose own sentence the block says."""
        for text in self.texts(value):
            yield from (key for kind, key in CITED.findall(text) if kind == "=")

    def linked_terms(self, value: Any) -> Iterator[str]:
        """The addresses of the terms that the block's words lead to."""
        for text in self.texts(value):
            yield from TERM_LINK.findall(text)

    def problems(self, value: Any) -> Iterator[Problem]:
        """Why the block cannot be published, each a sentence that says what is missing and what to do."""
        for name, words in self.needed:
            if not has_words(value.get(name)):
                yield Problem(str(words), name)
        for text in self.texts(value):
            yield from citation_problems(text)
            if self.markdown:
                yield from html_problems(published_html(text))


def published_html(text: str) -> SafeString:
    """The Markdown of a lesson as safe HTML, links to terms led to their pages; citations stay as they were typed."""
    return render_published(TERM_LINK.sub(r"](/glossary/\1/)", text))


def said(text: str, facts: Facts) -> str:
    """A plain text in which `[=KEY]` has become the fact's own sentence and `[@KEY]` has gone."""

    def sentence(found: re.Match[str]) -> str:
        return sentence_of(facts[found[2]]) if found[1] == "=" and found[2] in facts else ""

    return re.sub(r"[ \t]+([.,;:?!])", r"\1", CITED.sub(sentence, text))


def sentence_of(fact: Any) -> str:
    """What a reader is told where a lesson says a fact, with how sure we are unless we are."""
    words = confidence_words(fact.confidence)
    if not words:
        return str(fact.said)
    return END_OF_SENTENCE.sub(lambda end: f" ({words}){end[0]}", str(fact.said), count=1)


def confidence_words(confidence: str) -> str:
    """“medium confidence” or “low confidence”; empty when it is high."""
    return {"medium": _("medium confidence"), "low": _("low confidence")}.get(confidence, "")


def lines_of(text: str) -> str:
    """The lines of a plain text without doubled spaces, marks of list items and empty lines."""
    lines = (" ".join(line.split()).removeprefix("- ") for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def html_problems(html: str) -> Iterator[Problem]:
    """What is wrong with some HTML: a heading or a header cell that says nothing."""
    if any(not has_words(inside) for _tag, inside in HEADING.findall(html)):
        yield Problem(
            _("a heading in the text is empty. Write what comes below it, or take it out.")
        )
    if any(not has_words(inside) for inside in HEADER_CELL.findall(html)):
        yield Problem(_("a header cell of the table is empty. Say what its column holds."))


def citation_problems(text: str) -> Iterator[Problem]:
    """What looks like a citation and is none: the reader would see its brackets."""
    for found in ALMOST_CITED.findall(text):
        if not CITED.fullmatch(found):
            yield Problem(
                _("“%(found)s” is no citation. A key is two capital letters and a number: [@RL04].")
                % {"found": found}
            )


def has_words(value: Any) -> bool:
    """Whether a text or some HTML says anything: spaces, marks that nobody sees and bare citations do not."""
    if value is None:
        return False
    words = CITED.sub(_only_said, unescape(strip_tags(str(value))))
    return any(unicodedata.category(letter)[0] not in "ZC" for letter in words)


def _only_said(found: re.Match[str]) -> str:
    return found[0] if found[1] == "=" else ""
