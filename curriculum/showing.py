"""The body of a lesson and its sources as HTML: made once for each edition and language, the same for every reader.

Only a reader to whom changes are shown, and a preview, have it made anew. Doors (`core.doors`) answer each reader
differently, so a body is kept in pieces with the doors between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.content import kept
from core.text import trusted
from curriculum.blocks.prompts import PromptBlock
from curriculum.references import references_of

#: Where the template of a prompt leaves room for a door; its text is escaped, so no editor can write it.
DOOR_MARK = "<!--door-->"


@dataclass(frozen=True)
class Piece:
    """A run of HTML, or the place of a door for one block."""

    html: str = ""
    door: str = ""
    block: str = ""
    prompt: str = ""
    place: str = ""


@dataclass(frozen=True)
class Shown:
    """The two parts of the page."""

    pieces: tuple[Piece, ...]
    sources: SafeString


def shown(lesson: Any, request: HttpRequest, *, news: Any = None, fresh: bool = False) -> Shown:
    """The parts of this lesson. `news` marks what changed since the reader finished."""
    if fresh or news is not None:
        return _make(lesson, news)
    key = ("lesson", lesson.pk, lesson.live_revision_id, get_language())
    return kept(request, key, lambda: _make(lesson, None))


def _make(lesson: Any, news: Any) -> Shown:
    references = references_of(lesson.body)
    given = {
        "page": lesson,
        "news": news,
        "numbers": references.numbers,
        "facts": references.facts,
        "references": references,
    }
    sources = render_to_string("curriculum/lesson_sources.html", given)
    return Shown(tuple(_pieces(lesson, given)), sources)


def _pieces(lesson: Any, given: dict[str, Any]) -> Iterator[Piece]:
    run = ""
    for part in lesson.body:
        if part.block_type == "sources":
            continue
        html = render_to_string("curriculum/lesson_part.html", {**given, "part": part})
        if not isinstance(part.block, PromptBlock):
            run += html
            continue
        before, _mark, after = html.partition(DOOR_MARK)
        yield Piece(html=trusted(run + before))
        yield _door(part, given["facts"])
        run = after
    yield Piece(html=trusted(run))


def _door(part: Any, facts: dict[str, Any]) -> Piece:
    """Who offers something there gets the words as they are read, without markup and citations."""
    return Piece(
        door=part.block.door,
        block=str(part.id or ""),
        prompt=part.block.plain(part.value, facts),
        place=part.value.get("place", ""),
    )
