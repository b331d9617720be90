"""What the blocks have in common in which a reader tries something: a form in the lesson, and what is explained after it.

The form is the same for every reader. What is sent goes to `curriculum.answer_views`, is shown with the explanations,
and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail import blocks

from core.text import plain_text
from curriculum.blocks.base import (
    TERM_LINK,
    Facts,
    LessonBlock,
    Problem,
    citation_problems,
    html_problems,
    lines_of,
    published_html,
    said,
)

DIGITS = 3  # of a number that somebody may have meant


class Words(NamedTuple):
    """One text of a block, and what an edition says before it: to which group a case belongs, say."""

    text: str
    about: str = ""
    markdown: bool = False


@dataclass(frozen=True)
class Trial:
    """What a reader did with a block. It is `done` when it can be explained; else the form stays, with the `problem`."""

    done: bool
    problem: str


class AnswerBlock(LessonBlock, blocks.StructBlock):
    """A block with a form. Its own template is the form; `told` is the template of what is said after the try."""

    told = ""

    def words(self, value: Any) -> Iterator[Words]:
        """Every text of the block, in reading order; empty ones too."""
        raise NotImplementedError

    def trial(self, value: Any, sent: QueryDict | None = None) -> Trial:
        """What was `sent`, beside what the block knows; without it, the empty form. Takes whatever anybody may send."""
        raise NotImplementedError

    def texts(self, value: Any) -> Iterator[str]:
        """All its texts."""
        yield from (one.text for one in self.words(value) if one.text)

    def plain(self, value: Any, facts: Facts) -> str:
        """All its words, each with what it is about, so that a right answer that changes shows in an edition."""
        return lines_of("\n".join(_plain(one, facts) for one in self.words(value) if one.text))

    def linked_terms(self, value: Any) -> Iterator[str]:
        """Terms that its Markdown leads to."""
        for one in self.words(value):
            yield from TERM_LINK.findall(one.text) if one.markdown else ()

    def problems(self, value: Any) -> Iterator[Problem]:
        """What every block asks for, each text read as what it is."""
        for name, problem in self.needed:
            if not str(value.get(name) or "").strip():
                yield Problem(str(problem), name)
        for one in self.words(value):
            yield from citation_problems(one.text)
            if one.markdown:
                yield from html_problems(published_html(one.text))

    def mark_of(self, value: Any) -> str:
        """A mark that changes with the words, so that an answer is not taken for one to another question."""
        words = "\n".join(f"{one.about}: {one.text}" for one in self.words(value))
        return sha256(words.encode()).hexdigest()[:12]

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the try (the empty form where a page shows none), the block's anchor, and where the form is sent.

        In a preview it is sent nowhere: the published lesson may not know the block.
        """
        context: dict[str, Any] = super().get_context(value, parent_context)
        lesson, key = context.get("page"), str(getattr(context.get("part"), "id", None) or "")
        context.setdefault("trial", self.trial(value))
        context["anchor"] = f"block-{key or 'preview'}"
        context["mark"] = self.mark_of(value)
        with override(context.get("read_in") or get_language()):
            context["try_at"] = "" if context.get("preview") or not key else address_of(lesson, key)
        return context


def address_of(lesson: Any, block: str) -> str:
    """Where the form of this block is sent. Asks no database: a lesson's address follows from the closed tree."""
    path = str(getattr(lesson, "url_path", None) or "")
    *_above, module, slug = ["", "", *path.strip("/").split("/")]
    return reverse("learn:answer_show", args=[module, slug, block]) if module else ""


def place_of(chosen: Any, names: Sequence[str]) -> int | None:
    """The position of a name that is given by itself or by its number, 1 being the first; None for neither."""
    text = str(chosen or "").strip()
    known = [str(name).strip().casefold() for name in names]
    if text.casefold() in known:
        return known.index(text.casefold())
    number = int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0
    return number - 1 if 1 <= number <= len(known) else None


def doubled(names: Sequence[Any]) -> list[str]:
    """Names that stand twice, whatever the size of their letters."""
    known = [str(name or "").strip() for name in names]
    lower = [name.casefold() for name in known]
    return [name for at, name in enumerate(known) if name and lower.index(lower[at]) < at]


def twice(names: Sequence[Any], field: str) -> Iterator[Problem]:
    """A sentence for each name that stands twice."""
    for name in dict.fromkeys(doubled(names)):
        yield Problem(
            _("“%(name)s” stands there twice. Change one of them, or take it out.")
            % {"name": name},
            field,
        )


def _plain(one: Words, facts: Facts) -> str:
    text = plain_text(published_html(one.text)) if one.markdown else one.text
    words = said(text, facts)
    return f"{one.about}: {words}" if one.about else words
