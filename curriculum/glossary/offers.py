"""What the glossary offers: a line in the navigation, and its terms to the search."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import doors
from curriculum.glossary.models import Term


def glossary_line(*, request: HttpRequest, **_given: Any) -> str:
    """The line of the navigation to the glossary."""
    url = reverse("glossary:term_list")
    line = {"url": url, "label": _("Glossary"), "current": request.path.startswith(url)}
    return render_to_string("components/nav_line.html", line)


def found_terms(*, words: list[str], **_given: Any) -> list[dict[str, str]]:
    """Terms that hold every word in their name, aliases or definition, those named so first."""
    holds_all = Q()
    for word in words:
        holds_all &= (
            Q(name__icontains=word) | Q(aliases__icontains=word) | Q(definition__icontains=word)
        )
    terms = list(Term.objects.filter(holds_all)[:60])
    terms.sort(key=lambda term: words[0].lower() not in term.name.lower())
    return [
        {
            "title": term.name,
            "lede": term.definition,
            "url": reverse("glossary:term_show", args=[term.slug]),
        }
        for term in terms
    ]


def public_addresses(**_given: Any) -> list[str]:
    """The glossary's addresses, for the sitemap."""
    slugs = Term.objects.values_list("slug", flat=True)
    return [
        reverse("glossary:term_list"),
        *(reverse("glossary:term_show", args=[s]) for s in slugs),
    ]


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", glossary_line, order=30)
    doors.offer("search", found_terms)
    doors.offer("sitemap", public_addresses, order=30)
