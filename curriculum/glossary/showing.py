"""What the page of a term shows: the wording in force in one language, how it was agreed, and what stands around it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override

from curriculum.glossary.choices import CHANGEABLE, Outcome, ProposalKind
from curriculum.glossary.listing import asked_language, kept_language
from curriculum.glossary.models import Decision, InForce, LessonTerm, Relation, Term
from curriculum.glossary.permissions import can_propose, proposals_visible_to
from curriculum.glossary.reading import Lexicon, TermLine, lexicon
from curriculum.outline import LessonLine, outline_for


def term_context(request: HttpRequest, term: Term) -> dict[str, Any]:
    """Everything of the page of an adopted term. The number of queries knows neither its relations nor its lessons."""
    rows = list(term.in_force.select_related("version__decision__body").order_by("language"))
    version = wording_for(rows, asked_language(request)).version
    version.term = term
    return {
        "term": term,
        "version": version,
        "decision": version.decision,
        "keep": kept_language(request),
        "languages": [(row.language, row.language == version.language) for row in rows],
        "kinship": _kinship(term, lexicon_in(request, version.language)),
        "lessons": lessons_that_use(term, request),
        **_end_of(term, request),
        **_for_member(term, version, request),
    }


def wording_for(rows: list[InForce], language: str) -> InForce:
    """The row in this language, else in the one written first, else the first that there is."""
    found = {row.language: row for row in rows}
    return found.get(language) or found.get(settings.LANGUAGE_CODE) or rows[0]


def lexicon_in(request: HttpRequest, language: str) -> Lexicon:
    """The shared language in another language than that of the page."""
    with override(language):
        return lexicon(request)


def names_in(request: HttpRequest, language: str) -> dict[str, str]:
    """The names of all terms by their addresses."""
    return {line.slug: line.name for line in lexicon_in(request, language).lines}


def lessons_that_use(term: Term, request: HttpRequest) -> list[LessonLine]:
    """The lessons that use a term, in the order of the curriculum, as far as this reader may open them."""
    keys = LessonTerm.objects.filter(term=term).values_list("lesson__translation_key", flat=True)
    used = set(keys)
    modules = outline_for(request.user, request).modules if used else ()
    return [lesson for module in modules for lesson in module.lessons if lesson.key in used]


def _kinship(term: Term, lines: Lexicon) -> list[tuple[str, list[TermLine]]]:
    up = list(Relation.objects.filter(term=term).values_list("other", "is_broader"))
    down = list(Relation.objects.filter(other=term).values_list("term", "is_broader"))
    above = [pk for pk, broader in up if broader]
    below = [pk for pk, broader in down if broader]
    beside = [pk for pk, broader in (*up, *down) if not broader and pk not in (*above, *below)]
    kinds = (("broader", above), ("narrower", below), ("related", beside))
    known = lines.by_id
    found = [(kind, [known[pk] for pk in dict.fromkeys(pks) if pk in known]) for kind, pks in kinds]
    return [one for one in found if one[1]]


def _end_of(term: Term, request: HttpRequest) -> dict[str, Any]:
    """When and by whom a term was retired, and what took its place."""
    if term.retired_at is None:
        return {}
    ended = Decision.objects.filter(
        proposal__term=term, proposal__kind=ProposalKind.RETIREMENT, outcome=Outcome.ADOPTED,
        confirmed_at__isnull=False,
    )  # fmt: skip
    instead = lexicon(request).by_id.get(term.replaced_by_id) if term.replaced_by_id else None
    return {"ended": ended.select_related("body").first(), "instead": instead}


def _for_member(term: Term, version: Any, request: HttpRequest) -> dict[str, Any]:
    """What members see beside it: what is proposed, and whether they have read this version."""
    if not request.user.is_authenticated:
        return {}
    proposals = proposals_visible_to(request.user).filter(term=term, status__in=CHANGEABLE)
    return {
        "proposals": list(proposals.select_related("author")),
        "can_propose": can_propose(request.user),
        "reading": version.readings.filter(member=request.user).first(),
    }
