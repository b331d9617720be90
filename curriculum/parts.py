"""The parts of a lesson's body as an editor counts them, each with its words: for advice and for what is found at publishing."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.utils.html import escape

from core.text import plain_text
from core.text.published import clean_html
from curriculum.blocks.base import published_html
from curriculum.blocks.words import html_of

#: The attributes and the inside of each link.
LINK = re.compile(r"<a\b([^<>]*)>(.*?)</a>", re.DOTALL)
#: Parts that say what others said, or what stands elsewhere.
NOT_OURS = frozenset({"quotation", "sources", "fact", "term"})


class Part(NamedTuple):
    """A part of the body: its number, its label, and its words as HTML and plain; citations stay as they were typed.

    `sourced` is a part with a source for all of it, as a chart has.
    """

    number: int
    label: str
    kind: str
    value: Any
    html: str
    sourced: bool

    @property
    def words(self) -> str:
        """A line for each paragraph, heading or item."""
        return plain_text(f"<div>{self.html}</div>") if self.html else ""


def parts_of(lesson: Any) -> list[Part]:
    """The parts of a body. Any block has some: its texts as HTML where it holds Markdown or HTML, else as typed."""
    return [
        Part(
            number,
            str(child.block.label),
            child.block_type,
            child.value,
            _html(child),
            _sourced(child),
        )
        for number, child in enumerate(lesson.body, start=1)
    ]


def _sourced(child: Any) -> bool:
    return any(child.value.get(name) for name in getattr(child.block, "source_keys", ()))


def _html(child: Any) -> str:
    if child.block_type == "rich_text":
        return str(clean_html(html_of(child.value)))
    texts = child.block.texts(child.value)
    if child.block_type == "markdown" or child.block.markdown:
        return "\n".join(str(published_html(text)) for text in texts)
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts)
