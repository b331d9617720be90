"""The glossary for readers: the index, a term, its versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import ANYONE, MEMBER, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps
from curriculum.glossary.actions import mark_read
from curriculum.glossary.choices import ProposalStatus
from curriculum.glossary.differences import changes, lines_of
from curriculum.glossary.listing import asked_language, kept_language, listing, typed_words
from curriculum.glossary.models import Term, TermVersion, TermWord
from curriculum.glossary.permissions import proposals_visible_to
from curriculum.glossary.showing import names_in, term_context


@open_to(ANYONE)
@require_GET
def term_list(request: HttpRequest) -> HttpResponse:
    """The index: all terms by letter, one letter of them, or those that hold what was typed."""
    language = asked_language(request)
    terms = listing(request, language)
    letter, typed = request.GET.get("letter", ""), typed_words(request)
    if typed:
        found = terms.holding(typed)
        shown = [("", found)] if found else []
    elif letter in terms.letters:
        shown = [(letter, terms.letters[letter])]
    else:
        shown = list(terms.letters.items())[: 1 if terms.is_long else None]
    context = {
        "terms": terms, "shown": shown, "typed": typed, "keep": kept_language(request), "language": language,
        "letter": shown[0][0] if len(shown) == 1 and not typed else "",
        "languages": [(code, code == language) for code, _name in settings.LANGUAGES],
        "found_count": sum(len(entries) for _letter, entries in shown),
    }  # fmt: skip
    return render(request, "glossary/term_list.html", context)


@open_to(ANYONE)
@require_GET
def term_show(request: HttpRequest, slug: str) -> HttpResponse:
    """One term with its definition, and how it was agreed."""
    term = Term.objects.adopted().filter(slug=slug).first()
    if term is None:
        return _not_adopted(request, slug)
    return render(request, "glossary/term_show.html", term_context(request, term))


def _not_adopted(request: HttpRequest, slug: str) -> HttpResponse:
    """Another word for a term leads to it; a term that is only proposed says so."""
    word = TermWord.objects.filter(slug=slug).select_related("term").first()
    if word is not None:
        address = reverse("glossary:term_show", args=[word.term.slug])
        return redirect(f"{address}{kept_language(request)}", permanent=True)
    term = visible_or_404(Term.objects.all(), slug=slug)
    open_ones = term.proposals.filter(status=ProposalStatus.OPEN)
    proposals = proposals_visible_to(request.user).filter(term=term).select_related("author")
    if not proposals and not open_ones.exists():
        raise Http404
    return render(request, "glossary/term_proposed.html", {"term": term, "proposals": proposals})


@open_to(ANYONE)
@require_GET
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All adopted versions of a term in one language, and the difference of any two."""
    term = visible_or_404(Term.objects.adopted(), slug=slug)
    rows = list(term.versions.select_related("decision__body").order_by("-number"))
    spoken = sorted({row.language for row in rows})
    wanted = (asked_language(request), settings.LANGUAGE_CODE, spoken[0])
    language = next(one for one in wanted if one in spoken)
    versions = [row for row in rows if row.language == language]
    names = names_in(request, language)
    context = {
        "term": term, "versions": [(row, lines_of(row, names)) for row in versions], "newest": versions[0],
        "language": language, "languages": [(one, one == language) for one in spoken], "keep": kept_language(request),
        **_compared(request, versions, names),
    }  # fmt: skip
    return render(request, "glossary/version_list.html", context)


def _compared(
    request: HttpRequest, versions: list[TermVersion], names: dict[str, str]
) -> dict[str, Any]:
    """The difference of the two versions that the address names; nothing where it names none."""
    numbered = {str(row.number): row for row in versions}
    old, new = (numbered.get(request.GET.get(name, "")) for name in ("from", "to"))
    if old is None or new is None:
        return {}
    return {"old": old, "new": new, "changes": changes(old, new, names)}


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["version"])
def term_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that the member has read the version that they were shown."""
    version = visible_or_404(
        TermVersion.objects.filter(term__slug=slug), pk=request.POST.get("version", "")
    )
    mark_read(version=version, by=request.user)
    messages.success(request, _("Noted. Only you see what you have read."))
    address = reverse("glossary:term_show", args=[slug])
    return redirect(f"{address}{kept_language(request)}")
