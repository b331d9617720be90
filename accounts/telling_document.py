"""The same as Markdown, for `docs/privacy.md`, with the stories that hold each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import translation

from accounts.positions import POSITIONS
from accounts.telling_page import Kind, parts

BEGIN = "<!-- What follows is written by `manage.py tell_privacy`. -->"
END = "<!-- Until here. -->"


def as_markdown() -> str:
    """All that is told, in English, from the first mark to the last."""
    with translation.override("en"):
        return "\n".join([BEGIN, "", *_lines(), END])


def with_tellings(document: str) -> str:
    """The document with this part of it made anew. Raises ValueError where it lacks the marks."""
    before, _begin, rest = document.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not end:
        raise ValueError("The document lacks the marks between which this is written.")
    return f"{before}{as_markdown()}{after}"


def _lines() -> Iterator[str]:
    yield from ("## Who could see more than the site shows them", "")
    for position in POSITIONS:
        yield from (f"**{position.title}.** {position.words}", "", _held(position.held_by), "")
    for part in parts():
        yield from (f"## {part.title}", "")
        for kind in part.kinds:
            yield from _kind(kind)


def _kind(kind: Kind) -> Iterator[str]:
    yield from (f"### {kind.title}", "")
    yield from (f"- {line.about}: {line.words}" for line in kind.lines)
    yield from ("", _held(kind.held_by), "")


def _held(stories: Sequence[str]) -> str:
    return "Held by " + ", ".join(f"`{one.removeprefix('tests/')}`" for one in stories) + "."
