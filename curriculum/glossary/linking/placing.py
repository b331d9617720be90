"""Puts the links that the worker found into the HTML of a lesson, and beside them what each term means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.patterns import Pattern
from core.prepared import Given, Prepared, PreparedColumns, room_for, several, told
from core.text import trusted
from curriculum.glossary.linking.prose import places_of, prose_of
from curriculum.glossary.models import InForce, LessonTerm

#: As both this module and the lesson's own Markdown write a link to a term (`templatetags.lessons`).
TERM_LINK = re.compile(r'<a class="term" href="/glossary/([a-z0-9-]{1,120})/"')


class Link(NamedTuple):
    """A word in a block that leads to a term."""

    found: str
    nth: int
    slug: str


def _linked() -> QuerySet[Any, Any]:
    lesson = Given("lesson", IntegerField())
    rows = LessonTerm.objects.filter(lesson_id=lesson, term__retired_at__isnull=True)
    return rows.exclude(block="").values_list("block", "found", "nth", "term__slug")


_LINKED = PreparedColumns(_linked)


@lru_cache(maxsize=50)  # few numbers of places, and languages
def _in_force(room: int, _language: str | None) -> Prepared[InForce]:
    """The wordings of so many terms in the language of now."""
    slugs = several("slug", room, CharField())
    rows = InForce.objects.for_reader().filter(term__slug__in=slugs)
    rows = rows.select_related("term__replaced_by", "version")
    return Prepared(lambda: rows)


def links_of(lesson: Any) -> dict[str, list[Link]]:
    """What the worker found in a lesson, by block. One query."""
    links: dict[str, list[Link]] = defaultdict(list)
    for block, found, nth, slug in _LINKED.ask(lesson=lesson.pk):
        links[block].append(Link(found, nth, slug))
    return links


def placed(html: str, links: Sequence[Link]) -> SafeString:
    """The HTML of one block with its links. A word that is not there any more is left out."""
    if not links:
        return trusted(html)
    prose = prose_of(html)
    spots: list[tuple[int, int, str]] = []
    for link in links:
        places = places_of(prose.text, link.found)
        if len(places) > link.nth:
            start = places[link.nth]
            spots.append((*prose.in_html(start, start + len(link.found)), link.slug))
    done, out = 0, []
    for start, end, slug in sorted(spots):
        if start < done:  # two that overlap, after the text was changed
            continue
        out += [prose.html[done:start], f'<a class="term" href="/glossary/{slug}/">', prose.html[start:end], "</a>"]  # fmt: skip
        done = end
    return trusted("".join([*out, prose.html[done:]]))


#: A slug, letters, digits and dashes, stands in an address as in a text.
_NOTE = Pattern(
    "glossary/term_note.html", "slug", "name", "definition", "language", "replaced", "replaced_slug"
)


def notes_on(html: str) -> SafeString:
    """What the terms mean to which some HTML leads, in the language of now, each once: native popovers. One query, or none."""
    slugs = dict.fromkeys(TERM_LINK.findall(html))
    if not slugs:
        return trusted("")
    room = room_for(len(slugs))
    rows = _in_force(room, get_language()).ask(**told("slug", room, list(slugs)))
    said = {row.term.slug: row for row in rows}
    notes = [_note(said[slug]) for slug in slugs if slug in said]
    return trusted(render_to_string("glossary/term_notes.html", {"notes": notes}))


def _note(row: Any) -> SafeString:
    term, version, instead = row.term, row.version, row.term.replaced_by
    words = {
        "slug": term.slug,
        "name": version.name,
        "definition": version.definition,
        "language": row.language,
        "replaced": str(instead or ""),
        "replaced_slug": instead.slug if instead else "",
    }
    return _NOTE.made(
        words,
        is_foreign=row.language != get_language(),
        is_retired=term.retired_at is not None,
        is_replaced=instead is not None,
    )
