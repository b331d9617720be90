"""Terms with all that belongs to them, read a handful at a time, so that a glossary of any size fits into little memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from curriculum.glossary.choices import Outcome, ProposalKind
from curriculum.glossary.models import Decision, InForce, Relation, Term, TermVersion

#: Terms that are read, written out and forgotten together.
HANDFUL = 50
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Entry:
    """A term that readers may know of, a retired one too."""

    term: Term
    versions: tuple[TermVersion, ...]  # by language and number
    # By key. A version that knows its decision would be known by it too, and such pairs wait for the garbage collector.
    decisions: dict[UUID, Decision]
    in_force: dict[str, TermVersion]  # by language
    replaced_by: str  # address of the term that took its place
    retirement: Decision | None
    broader: tuple[str, ...]  # addresses
    narrower: tuple[str, ...]
    related: tuple[str, ...]


def entries(*, language: str = "", in_use: bool = False) -> Iterator[Entry]:
    """All terms in the order of their addresses; those with a wording in this language, or those that are not retired."""
    terms = Term.objects.in_use() if in_use else Term.objects.adopted()
    if language:
        terms = terms.filter(in_force__language=language)
    terms = terms.select_related("replaced_by").order_by("slug")
    last = ""
    # By where the last handful ended: no cursor is held open while a slow reader takes the file.
    while handful := list(terms.filter(slug__gt=last)[:HANDFUL]):
        yield from _with_all(handful)
        last = handful[-1].slug


def site_address(path: str) -> str:
    """The whole web address of a path of this site."""
    return settings.SITE_URL.rstrip("/") + path


def term_address(slug: str) -> str:
    """The lasting web address of a term, which is its name for other programs too."""
    return site_address(reverse("glossary:term_show", args=[slug]))


def glossary_address() -> str:
    """The lasting web address of the glossary."""
    return site_address(reverse("glossary:term_list"))


def _with_all(terms: list[Term]) -> Iterator[Entry]:
    versions: dict[UUID, list[TermVersion]] = defaultdict(list)
    for version in TermVersion.objects.filter(term__in=terms):
        versions[version.term_id].append(version)
    decided = Decision.objects.filter(version__term__in=terms).select_related("body")
    decisions = {decision.pk: decision for decision in decided}
    shown = set(InForce.objects.filter(term__in=terms).values_list("version", flat=True))
    kin = _kin(terms)
    retirements = _retirements([term for term in terms if term.retired_at])
    for term in terms:
        mine = sorted(versions[term.pk], key=_place)
        yield Entry(
            term=term, versions=tuple(mine), decisions={one.decision_id: decisions[one.decision_id] for one in mine},
            in_force={one.language: one for one in mine if one.pk in shown},
            replaced_by=term.replaced_by.slug if term.replaced_by else "", retirement=retirements.get(term.pk),
            broader=kin[term.pk, "broader"], narrower=kin[term.pk, "narrower"], related=kin[term.pk, "related"],
        )  # fmt: skip


def _place(version: TermVersion) -> tuple[int, str, int]:
    known = version.language in LANGUAGES
    return (LANGUAGES.index(version.language) if known else len(LANGUAGES), version.language, version.number)  # fmt: skip


def _kin(terms: list[Term]) -> Any:
    """The addresses of their kin in both directions. What is broader is not told as related too."""
    found: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    up = Relation.objects.filter(_adopted("other"), term__in=terms)
    for pk, slug, is_broader in up.values_list("term", "other__slug", "is_broader"):
        found[pk, "broader" if is_broader else "related"].add(slug)
    down = Relation.objects.filter(_adopted("term"), other__in=terms)
    for pk, slug, is_broader in down.values_list("other", "term__slug", "is_broader"):
        found[pk, "narrower" if is_broader else "related"].add(slug)
    kin: dict[tuple[UUID, str], tuple[str, ...]] = defaultdict(tuple)
    for term in terms:
        found[term.pk, "related"] -= found[term.pk, "broader"] | found[term.pk, "narrower"]
        kin |= {(term.pk, kind): tuple(sorted(found[term.pk, kind])) for kind in ("broader", "narrower", "related")}  # fmt: skip
    return kin


def _adopted(end: str) -> Exists:
    """Whether the term at this end of a relation is one that readers may know of; asked of that row alone."""
    return Exists(InForce.objects.filter(term=OuterRef(end)))


def _retirements(terms: list[Term]) -> dict[UUID, Decision]:
    if not terms:
        return {}
    rows = Decision.objects.filter(
        proposal__term__in=terms, proposal__kind=ProposalKind.RETIREMENT, outcome=Outcome.ADOPTED, confirmed_at__isnull=False
    )  # fmt: skip
    return {row.proposal.term_id: row for row in rows.select_related("body", "proposal")}
