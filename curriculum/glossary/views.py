"""The glossary's pages."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import ANYONE, open_to, visible_or_404
from curriculum.glossary.models import InForce, Relation, Term
from curriculum.glossary.reading import lexicon


@open_to(ANYONE)
@require_GET
def term_list(request: HttpRequest) -> HttpResponse:
    """All terms by their first letter."""
    terms = lexicon(request).in_use
    letters = [
        (letter, list(group)) for letter, group in groupby(terms, lambda term: term.name[0].upper())
    ]
    context = {"letters": letters, "count": len(terms)}
    return render(request, "glossary/term_list.html", context)


@open_to(ANYONE)
@require_GET
def term_show(request: HttpRequest, slug: str) -> HttpResponse:
    """One term with its definition."""
    term = visible_or_404(Term.objects.adopted(), slug=slug)
    row = InForce.objects.for_reader().get(term=term)
    lines = lexicon(request).by_id
    up = Relation.objects.filter(term=term).values_list("other", "is_broader")
    down = Relation.objects.filter(other=term).values_list("term", "is_broader")
    kinship = [
        (kind, [lines[pk] for pk in dict.fromkeys(pks) if pk in lines])
        for kind, pks in (
            ("broader", [pk for pk, broader in up if broader]),
            ("narrower", [pk for pk, broader in down if broader]),
            ("related", [pk for pk, broader in (*up, *down) if not broader]),
        )
    ]
    context = {"term": term, "version": row.version, "kinship": [one for one in kinship if one[1]]}
    return render(request, "glossary/term_show.html", context)
