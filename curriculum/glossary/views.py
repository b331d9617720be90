"""The glossary's pages."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import ANYONE, open_to, visible_or_404
from curriculum.glossary.models import Term


@open_to(ANYONE)
@require_GET
def term_list(request: HttpRequest) -> HttpResponse:
    """All terms by their first letter."""
    terms = Term.objects.all()
    letters = [
        (letter, list(group)) for letter, group in groupby(terms, lambda term: term.name[0].upper())
    ]
    context = {"letters": letters, "count": sum(len(group) for _letter, group in letters)}
    return render(request, "glossary/term_list.html", context)


@open_to(ANYONE)
@require_GET
def term_show(request: HttpRequest, slug: str) -> HttpResponse:
    """One term with its definition."""
    term = visible_or_404(Term.objects.all(), slug=slug)
    known = {row.name: row.slug for row in Term.objects.only("name", "slug")}
    kinship = [
        (kind, [(name, known.get(name)) for name in _names(text)])
        for kind, text in (
            ("broader", term.broader),
            ("narrower", term.narrower),
            ("related", term.related),
        )
        if text
    ]
    return render(request, "glossary/term_show.html", {"term": term, "kinship": kinship})


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]
