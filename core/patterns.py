"""HTML that stands many times on one page and differs in words alone: its template runs once for each shape, words are put in.

    _LINE = Pattern("threads/post.html", "name", "when")
    _LINE.made({"name": seat.name, "when": day}, is_mine=True)

What the template decides by is told and makes the shape, which the process keeps, as fragments are kept. The words stand only
where the template shows them, are escaped each time as a template escapes them, and are kept nowhere: they may be of class S.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.text import trusted

MOST_KEPT = 1_000  # shapes of all patterns in one process

#: Letters and digits that no template holds: no filter and no escaping changes them.
_MARK = f"slot{token_hex(8)}"
_SLOT = re.compile(f"{_MARK}n([0-9]+)e")

Told = bool | int | str


class Pattern:
    """A template of which `slots` are words, to be shown as they are: no filter, no tag may ask what they say."""

    def __init__(self, template: str, *slots: str) -> None:
        self.template, self.slots = template, slots

    def made(self, words: Mapping[str, object], **told: Told) -> SafeString:
        """The piece of this shape with these words. Raises KeyError for one that the shape shows and that is missing."""
        values = tuple((name, type(value), value) for name, value in told.items())
        make = _shape.__wrapped__ if settings.DEBUG else _shape
        between, names, each = make(
            self.template, self.slots, get_language(), get_script_prefix(), values
        )
        shown = {name: _escaped(words[name]) for name in each}
        parts = list(between)
        parts[1::2] = [shown[name] for name in names]
        return trusted("".join(parts))


def _escaped(words: object) -> str:
    """As a template shows it. Most words are plain or HTML already, which Django's function is slow to find."""
    if type(words) is SafeString:
        return words
    return escape(words) if type(words) is str else conditional_escape(words)  # type: ignore[arg-type]


@lru_cache(maxsize=MOST_KEPT)
def _shape(
    template: str,
    slots: tuple[str, ...],
    _language: str | None,
    _prefix: str,
    told: tuple[tuple[str, type, Told], ...],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The template's own HTML, with an empty place between two pieces for each slot; which word stands in each; each of these once."""
    given: dict[str, Told] = {name: f"{_MARK}n{number}e" for number, name in enumerate(slots)}
    html = render_to_string(template, _nested(given | {name: value for name, _type, value in told}))
    between = _SLOT.split(html)
    names = tuple(slots[int(number)] for number in between[1::2])
    pieces = tuple("" if place % 2 else piece for place, piece in enumerate(between))
    return pieces, names, tuple(dict.fromkeys(names))


def _nested(given: Mapping[str, Told]) -> dict[str, Any]:
    """`who.name` as a template asks for it: the `name` of `who`."""
    found: dict[str, Any] = {}
    for path, value in given.items():
        *outer, name = path.split(".")
        place = found
        for step in outer:
            place = place.setdefault(step, {})
        place[name] = value
    return found
