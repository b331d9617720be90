"""What the glossary offers: a line in the navigation, and its terms to the search."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import doors
from core.fragments import address, nav_line
from curriculum.glossary.leaving import leaving
from curriculum.glossary.linking.working import relink
from curriculum.glossary.models import InForce, Term, TermWord
from curriculum.glossary.reading import TermLine, lexicon
from curriculum.search.index import Hits
from curriculum.search.kinds import Kind, Line
from curriculum.search.passages import marked, passage
from curriculum.search.words import Asked, folded


def glossary_line(*, request: HttpRequest, **_given: Any) -> str:
    """The line of the navigation to the glossary."""
    return nav_line(request, address("glossary:term_list"), _("Glossary"))


def found_terms(*, hits: Hits, asked: Asked, request: HttpRequest, **_given: Any) -> Kind:
    """Terms that hold what is asked for, those named so first."""
    lines = lexicon(request).by_id
    wanted = " ".join(word for one in asked.wanted for word in one.words)
    ids = [pk for pk in map(UUID, hits.of(Term)) if pk in lines]
    ids.sort(key=lambda pk: _distance(folded(lines[pk].name), wanted))
    counted = ngettext("%(number)d term", "%(number)d terms", len(ids)) % {"number": len(ids)}
    return Kind("terms", _("Shared language"), counted, ids, partial(_show_terms, asked, lines))


def _distance(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    return 1 if wanted in name else 2


def _show_terms(asked: Asked, lines: dict[UUID, TermLine], ids: Sequence[Any]) -> list[Line]:
    """The terms with the passage of any of their languages in which the words stand."""
    said: dict[UUID, list[str]] = {}
    rows = InForce.objects.filter(term__in=ids).order_by("language")
    for pk, definition, example in rows.values_list(
        "term", "version__definition", "version__example"
    ):
        said.setdefault(pk, []).extend((definition, example))
    return [_line(lines[pk], said.get(pk, []), asked) for pk in ids]


def _line(term: TermLine, texts: list[str], asked: Asked) -> Line:
    found = passage((term.definition, *texts), asked)
    url = reverse("glossary:term_show", args=[term.slug])
    return Line(marked(term.name, asked), url, found or marked(term.definition, asked))


def known_words(**_given: Any) -> list[str]:
    """The terms and other words for them, from which the search suggests another spelling."""
    return list(TermWord.objects.values_list("text", flat=True))


def public_addresses(**_given: Any) -> list[str]:
    """The glossary's addresses, for the sitemap."""
    slugs = Term.objects.adopted().values_list("slug", flat=True)
    return [
        reverse("glossary:term_list"),
        *(reverse("glossary:term_show", args=[slug]) for slug in slugs),
    ]


def every_round(*, now: datetime) -> int:
    """Find the terms in lessons that were published, or whose words were adopted or retired."""
    return relink(now=now)


def register() -> None:
    """Make the offers."""
    doors.offer("leaving", leaving, order=25)
    doors.offer("every_round", every_round)
    doors.offer("navigation", glossary_line, order=30)
    doors.offer("search", found_terms)
    doors.offer("search_words", known_words)
    doors.offer("sitemap", public_addresses, order=30)
