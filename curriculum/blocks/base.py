"""What a lesson asks of each of its blocks: its words, what it cites, and what keeps it from being published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from curriculum.models.facts import KEY

#: `[@RL04]` cites a fact or a source; `[=RL04]` says the fact's own sentence there and cites it.
CITED = re.compile(rf"\[([@=])({KEY})\]")
#: `[these words](term:equity)` leads to a term of the glossary.
TERM_LINK = re.compile(r"\]\(term:([a-z0-9-]{1,120})\)")
EMPTY_HEADER_CELL = re.compile(r"<th[^<>]*>\s*</th>")

Facts = Mapping[str, Any]


class LessonBlock:
    """The answers of a block that holds no words, cites nothing and is always ready; blocks override what is theirs."""

    #: Names of values of a struct whose words are prose: they may cite and are part of an edition.
    prose: tuple[str, ...] = ()
    #: Names of values that hold the key of one source.
    source_keys: tuple[str, ...] = ()
    #: Names of values that must not be empty in print, with what is said when one is.
    needed: tuple[tuple[str, Any], ...] = ()

    def texts(self, value: Any) -> Iterator[str]:
        """The texts of the block that people read, as written."""
        yield from (str(value.get(name)) for name in self.prose if value.get(name))

    def plain(self, value: Any, facts: Facts) -> str:
        """The words of the block as one line, for editions."""
        return squeezed(" ".join(said(text, facts) for text in self.texts(value)))

    def cited(self, value: Any) -> Iterator[str]:
        """The keys that the block cites, in reading order."""
        for text in self.texts(value):
            yield from (key for _kind, key in CITED.findall(text))
        yield from (value[name] for name in self.source_keys if value.get(name))

    def linked_terms(self, value: Any) -> Iterator[str]:
        """The addresses of the terms that the block's words lead to."""
        for text in self.texts(value):
            yield from TERM_LINK.findall(text)

    def problems(self, value: Any) -> Iterator[str]:
        """Why the block cannot be published, each a sentence that says what is missing."""
        yield from (str(words) for name, words in self.needed if not _filled(value.get(name)))


def said(text: str, facts: Facts) -> str:
    """A text in which `[=KEY]` has become the fact's own sentence and links to terms are their words."""

    def sentence(found: re.Match[str]) -> str:
        return facts[found[2]].statement if found[1] == "=" and found[2] in facts else ""

    return re.sub(r"\[([^][]*)\]\(term:[a-z0-9-]+\)", r"\1", CITED.sub(sentence, text))


def squeezed(text: str) -> str:
    """One line without markup of citations and doubled spaces."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\[@\w+\]", "", text)).replace(" .", ".").strip()


def without_tags(html: str) -> str:
    """The words of some HTML."""
    return squeezed(strip_tags(html.replace("</p>", " ").replace("</li>", " ")))


def table_problems(html: str) -> Iterator[str]:
    """What is wrong with tables in some HTML: a header cell without words."""
    if EMPTY_HEADER_CELL.search(html):
        yield _("a header cell of the table is empty. Say what its column holds.")


def _filled(value: Any) -> bool:
    return bool(str(value).strip()) if value is not None else False
