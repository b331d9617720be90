"""What a decision does to the text in force: the one place where a version is written and a term is retired."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backend

from core import audit
from core.content import raise_version
from curriculum.glossary import notifications
from curriculum.glossary.actions.proposals import StaleProposal, move
from curriculum.glossary.choices import Outcome, ProposalKind, ProposalStatus
from curriculum.glossary.models import (
    WORDS,
    ChangedWord,
    Decision,
    InForce,
    Proposal,
    Relation,
    Term,
    TermVersion,
    TermWord,
)
from curriculum.glossary.wordings import check_wording, leading_words


class DecisionRefused(Exception):
    """Why nothing was decided, in a sentence for the person who meets it."""


def take_effect(decision: Decision, proposal: Proposal, by: Any) -> TermVersion | None:
    """Do what was decided about a proposal that is held; returns the version that comes of it. Raises DecisionRefused."""
    version = None
    term = Term.objects.select_for_update().get(pk=proposal.term_id)
    if term.retired_at is not None and decision.outcome == Outcome.ADOPTED:
        raise DecisionRefused(_("The term was retired meanwhile. Decline this proposal, or propose a new term."))  # fmt: skip
    if decision.outcome == Outcome.DECLINED:
        _move(proposal, ProposalStatus.DECLINED)
    else:
        _move(proposal, ProposalStatus.ADOPTED)
        if proposal.kind == ProposalKind.RETIREMENT:
            _retire(term, proposal.replaced_by)
        else:
            version = _write_version(decision, proposal, term)
    audit.record(f"glossary.{decision.outcome}", by=by, subject=proposal)
    notifications.proposal_decided(decision)
    return version


def _move(proposal: Proposal, status: ProposalStatus) -> None:
    try:
        move(proposal, status)
    except StaleProposal as stale:
        raise DecisionRefused(str(stale)) from None


def _retire(term: Term, replaced_by: Term | None) -> None:
    if not term.in_force.exists():  # an import proposes both at once
        raise DecisionRefused(_("Nothing of this term is adopted, so there is nothing to retire. Decide about its wording first."))  # fmt: skip
    if replaced_by is not None and replaced_by.retired_at is not None:
        raise DecisionRefused(_("The term that should take its place is retired itself. Decline this proposal, and propose it again with another."))  # fmt: skip
    term.retired_at, term.replaced_by = timezone.now(), replaced_by
    term.save(update_fields=["retired_at", "replaced_by"])
    raise_version()
    _words_changed(term.words.values_list("language", "folded"))
    term.words.exclude(kind="alias").delete()


def find_again(proposals: Iterable[Proposal]) -> None:
    """Put the terms into the search as they are now."""
    terms = list(Term.objects.filter(proposals__in=[one.pk for one in proposals]).distinct())
    get_search_backend().add_bulk(Term, terms)


def _write_version(decision: Decision, proposal: Proposal, term: Term) -> TermVersion:
    first = settings.LANGUAGE_CODE
    if proposal.language != first and not term.in_force.filter(language=first).exists():
        said = _("A term needs a wording in %(language)s before it gets one in another language. Adopt that one first.")  # fmt: skip
        raise DecisionRefused(said % {"language": dict(settings.LANGUAGES)[first]})
    try:
        check_wording(proposal, term)
    except ValidationError as problem:
        raise DecisionRefused(" ".join(problem.messages)) from None
    last = term.versions.filter(language=proposal.language).aggregate(last=Max("number"))["last"]
    version = TermVersion.objects.create(
        term=term, number=(last or 0) + 1, decision=decision,
        **{name: getattr(proposal, name) for name in WORDS},
    )  # fmt: skip
    _write_words(version)
    if version.language == settings.LANGUAGE_CODE:
        _write_relations(version)
        Term.objects.filter(pk=term.pk).update(label=version.name)
        term.label = version.name
    # Last, since it tells all processes that something was published.
    InForce.objects.update_or_create(
        term=term, language=version.language, defaults={"version": version}
    )
    return version


def _write_words(version: TermVersion) -> None:
    old = set(version.term.words.filter(language=version.language).values_list("folded", flat=True))
    version.term.words.filter(language=version.language).delete()
    rows = [
        TermWord(
            term=version.term, language=version.language, kind=kind, text=word, folded=folded, slug=address,
            case_matters=version.case_matters,
        )
        for kind, word, folded, address in leading_words(version)
    ]  # fmt: skip
    TermWord.objects.bulk_create(rows)
    _words_changed((version.language, word) for word in old ^ {row.folded for row in rows})


def _words_changed(words: Iterable[tuple[str, str]]) -> None:
    """Have the worker look again at the lessons that hold these words."""
    ChangedWord.objects.bulk_create(
        ChangedWord(language=language, folded=folded) for language, folded in words
    )


def _write_relations(version: TermVersion) -> None:
    version.term.relations.all().delete()
    others = {
        term.slug: term
        for term in Term.objects.filter(slug__in=[*version.broader, *version.related])
    }
    Relation.objects.bulk_create(
        Relation(term=version.term, other=others[slug], is_broader=is_broader)
        for slugs, is_broader in ((version.broader, True), (version.related, False))
        for slug in slugs
    )
