"""The body of a lesson and its sources as HTML: made once for each edition in its own language, the same for every reader.

Only a reader to whom changes are shown, and a preview, have it made anew. Doors (`core.doors`) answer each reader
differently, so a body is kept in pieces with the doors between them. Of a facilitator note only its place is kept; the
note itself is put there for each reader who may have it (`notes`). The links to terms that the worker found are put in when
a body is made, so that a page that is kept does nothing for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from core.content import kept
from core.text import trusted
from curriculum.addresses import language_of_now
from curriculum.blocks.facilitating import FacilitatorBlock
from curriculum.glossary.linking.placing import links_of, notes_on, placed
from curriculum.notes import block_id, shown_notes
from curriculum.references import References, references_of

#: Where the template of a prompt leaves room for a door; its text is escaped, so no editor can write it.
DOOR_MARK = "<!--door-->"
#: What stands before this mark is shown while the door is empty for the reader.
END_MARK = "<!--/door-->"


#: Elements whose white space is part of what they say.
AS_TYPED = re.compile(r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Piece:
    """A run of HTML, the place of a door for one block (`html` while it is empty), or the place of a facilitator note."""

    html: str = ""
    door: str = ""
    block: str = ""
    prompt: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """The two parts of the page."""

    pieces: tuple[Piece, ...]
    sources: SafeString
    references: References
    terms: SafeString  # what the terms mean to which the body leads, as popovers


def shown(lesson: Any, request: HttpRequest, *, news: Any = None, fresh: bool = False) -> Shown:
    """The parts of this lesson. `news` marks what changed since the reader finished."""
    read_in = language_of_now()
    if fresh or news is not None:
        made = _make(lesson, news, read_in, preview=fresh)
    else:
        key = ("lesson", lesson.pk, lesson.live_revision_id, read_in)
        made = kept(request, key, lambda: _make(lesson, None, read_in))
    return _with_notes(made, lesson, request)


def _with_notes(made: Shown, lesson: Any, request: HttpRequest) -> Shown:
    """The same with the notes that this reader may read in their places; a copy, as the other is kept for all."""
    if not any(piece.note for piece in made.pieces):
        return made
    notes = shown_notes(lesson, request, made.references)
    pieces = (
        Piece(html=notes.get(piece.note, "")) if piece.note else piece for piece in made.pieces
    )
    return replace(made, pieces=tuple(pieces))


def _make(lesson: Any, news: Any, read_in: str, *, preview: bool = False) -> Shown:
    """Our words between those of the lesson are in its language; what a reader tries is sent to the language they read in."""
    given = {"page": lesson, "news": news, "preview": preview, "read_in": read_in}
    with override(lesson.locale.language_code):
        return _made(lesson, given)


def _made(lesson: Any, given: dict[str, Any]) -> Shown:
    references = references_of(lesson.body)
    given = {**given, **_numbered(references), "links": links_of(lesson)}
    sources = render_to_string("curriculum/lesson_sources.html", given)
    pieces = tuple(replace(piece, html=compact(piece.html)) for piece in _pieces(lesson, given))
    terms = compact(notes_on("".join(piece.html for piece in pieces)))
    return Shown(pieces, compact(sources), references, terms)


def _numbered(references: References) -> dict[str, Any]:
    return {"numbers": references.numbers, "facts": references.facts, "references": references}


def parts_shown(lesson: Any) -> list[tuple[str, str, str]]:
    """The id, the kind and the HTML of each block that all readers see, without links of ours: for who looks for words."""
    language = lesson.locale.language_code
    given = {"page": lesson, "news": None, "preview": False, "read_in": language}
    given |= _numbered(references_of(lesson.body))
    with override(language):
        return [
            (block_id(part, place), part.block_type, _part(part, given))
            for place, part in enumerate(lesson.body)
            if part.block_type != "sources" and not isinstance(part.block, FacilitatorBlock)
        ]


def _part(part: Any, given: dict[str, Any]) -> str:
    return render_to_string("curriculum/lesson_part.html", {**given, "part": part})


def compact(html: str) -> SafeString:
    """The same HTML without the indentation of our templates: a tenth of what a reader on a slow line waits for."""
    parts = AS_TYPED.split(html)
    return trusted("".join(part if at % 2 else INDENT.sub("\n", part) for at, part in enumerate(parts)))  # fmt: skip


def _pieces(lesson: Any, given: dict[str, Any]) -> Iterator[Piece]:
    run = ""
    for place, part in enumerate(lesson.body):
        if part.block_type == "sources":
            continue
        if isinstance(part.block, FacilitatorBlock):
            yield Piece(html=trusted(run))
            yield Piece(note=block_id(part, place))
            run = ""
            continue
        html = placed(_part(part, given), given["links"].get(block_id(part, place), ()))
        if not part.block.door:
            run += html
            continue
        before, _mark, after = html.partition(DOOR_MARK)
        instead, end, rest = after.partition(END_MARK)
        yield Piece(html=trusted(run + before))
        yield _door(part, instead if end else "", given["facts"])
        run = rest if end else after
    yield Piece(html=trusted(run))


def _door(part: Any, instead: str, facts: dict[str, Any]) -> Piece:
    """Who offers something there gets the words as they are read, without markup and citations."""
    return Piece(
        html=trusted(instead),
        door=part.block.door,
        block=str(part.id or ""),
        prompt=part.block.prompt(part.value, facts),
        place=part.value.get("place", ""),
    )
