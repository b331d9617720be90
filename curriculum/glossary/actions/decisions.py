"""Decide: the one way in which the text that readers see is changed.

`adopt_proposal` is the only place that writes a version. A decision is on the text that was shown; who may decide is read
while the proposal is held, so that a seat that ended a moment ago decides nothing and of two who decide at once one is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backend

from core import audit
from core.access import require
from curriculum.glossary import notifications
from curriculum.glossary.actions.proposals import StaleProposal, held, move
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
from curriculum.glossary.permissions import (
    can_confirm_decision,
    can_decide_proposal,
    can_record_meeting,
)
from curriculum.glossary.wordings import check_wording, leading_words


class DecisionRefused(Exception):
    """Why nothing was decided, in a sentence for the person who meets it."""


@transaction.atomic
def adopt_proposal(
    *, proposal: Proposal, by: Any, seen_revision: int, dissent: str = "", next_review_on: date | None = None
) -> TermVersion | None:  # fmt: skip
    """Adopt the text that was shown, for the body in which `by` holds a seat; returns its version (none: a retirement).

    Raises PermissionDenied, DecisionRefused.
    """
    version = _adopt(proposal, by, seen_revision, dissent=dissent, next_review_on=next_review_on)
    _find_again([proposal])
    return version


def _adopt(proposal: Proposal, by: Any, seen_revision: int, **words: Any) -> TermVersion | None:
    proposal = _to_decide(proposal, seen_revision, by)
    return _take_effect(_decided(proposal, by, Outcome.ADOPTED, **words), proposal, by)


@transaction.atomic
def decline_proposal(
    *, proposal: Proposal, by: Any, seen_revision: int, reason: str, dissent: str = ""
) -> Decision:
    """Decline it: the text in force stays, the proposal is archived with the reason.

    Raises PermissionDenied, DecisionRefused, ValidationError at `reason`.
    """
    proposal = _to_decide(proposal, seen_revision, by)
    decision = _decided(proposal, by, Outcome.DECLINED, reason=reason, dissent=dissent)
    _take_effect(decision, proposal, by)
    return decision


@transaction.atomic
def decide_together(
    *, shown: Iterable[tuple[Proposal, int]], by: Any, dissent: str = ""
) -> list[Proposal]:
    """Adopt several proposals (each with the revision that was shown), in their order: all of them or none.

    Raises DecisionRefused that names the first that cannot be adopted, PermissionDenied.
    """
    done = []
    for proposal, revision in shown:
        try:
            _adopt(proposal, by, revision, dissent=dissent)
        except DecisionRefused as refusal:
            said = _("“%(name)s”: %(reason)s None of the others was adopted either.")
            raise DecisionRefused(said % {"name": proposal.name, "reason": refusal}) from None
        done.append(proposal)
    _find_again(done)
    return done


@transaction.atomic
def record_meeting(
    *, proposal: Proposal, by: Any, seen_revision: int, outcome: Outcome, decided_on: date, present: str,
    reason: str = "", dissent: str = "", next_review_on: date | None = None,
) -> Decision:  # fmt: skip
    """Write down what the body decided in a meeting. Nothing changes until a member of the body confirms it.

    Raises PermissionDenied, DecisionRefused, ValidationError.
    """
    require(can_record_meeting(by))
    proposal = held(proposal)
    _still_as_shown(proposal, seen_revision)
    if proposal.body is None:
        raise DecisionRefused(_("No body decides about the shared language yet. Name one first."))
    if not present.strip():
        raise ValidationError({"present": _("Say who was present.")})
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("The meeting must have taken place.")})
    decision = _decided(
        proposal, by, outcome, reason=reason, dissent=dissent, next_review_on=next_review_on,
        decided_on=decided_on, present=present, confirmed=False,
    )  # fmt: skip
    audit.record("glossary.meeting_recorded", by=by, subject=decision)
    notifications.meeting_recorded(decision)
    return decision


@transaction.atomic
def confirm_decision(*, decision: Decision, by: Any) -> TermVersion | None:
    """Confirm the record of a meeting, so that it takes effect. Raises PermissionDenied, DecisionRefused."""
    proposal = held(decision.proposal)
    decision = Decision.objects.select_related("body").get(pk=decision.pk)
    decision.proposal = proposal
    require(can_confirm_decision(by, decision))
    _open_as_shown(proposal, decision.revision)
    decision.confirmed_by, decision.confirmed_at = by, timezone.now()
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    version = _take_effect(decision, proposal, by)
    _find_again([proposal])
    return version


@transaction.atomic
def discard_record(*, decision: Decision, by: Any) -> None:
    """Take back the record of a meeting that nobody has confirmed: who recorded it, or who may confirm it."""
    held(decision.proposal)
    decision = Decision.objects.select_related("body", "proposal").get(pk=decision.pk)
    require(
        not decision.is_in_effect
        and (decision.recorded_by_id == by.pk or can_confirm_decision(by, decision))
    )
    audit.record("glossary.record_discarded", by=by, subject=decision)
    decision.delete()


def _to_decide(proposal: Proposal, seen_revision: int, by: Any) -> Proposal:
    """The proposal, held, if this member may decide about the text that they were shown."""
    proposal = held(proposal)
    _still_as_shown(proposal, seen_revision)
    require(can_decide_proposal(by, proposal), _("Members of the body that decides do this, and nobody about their own proposal."))  # fmt: skip
    return proposal


def _still_as_shown(proposal: Proposal, seen_revision: int) -> None:
    if hasattr(proposal, "decision") and not proposal.decision.is_in_effect:
        raise DecisionRefused(_("A decision of a meeting waits to be confirmed. Confirm it, or take it back first."))  # fmt: skip
    _open_as_shown(proposal, seen_revision)


def _open_as_shown(proposal: Proposal, seen_revision: int) -> None:
    if proposal.status != ProposalStatus.OPEN:
        said = _("This proposal is %(status)s already. Nothing was changed.")
        raise DecisionRefused(said % {"status": proposal.get_status_display()})
    if proposal.revision != seen_revision:
        raise DecisionRefused(_("The proposal was changed while you read it, so nothing was decided. Read it as it is now, then decide."))  # fmt: skip


def _decided(
    proposal: Proposal, by: Any, outcome: Outcome, *, confirmed: bool = True, **words: Any
) -> Decision:
    decision = Decision(
        proposal=proposal, revision=proposal.revision, body=proposal.body, outcome=outcome, recorded_by=by,
        **{name: value.strip() if isinstance(value, str) else value for name, value in words.items()},
    )  # fmt: skip
    if confirmed:
        decision.confirmed_by, decision.confirmed_at = by, decision.recorded_at
    decision.full_clean(exclude=["proposal"])
    decision.save()
    return decision


def _take_effect(decision: Decision, proposal: Proposal, by: Any) -> TermVersion | None:
    version = None
    if decision.outcome == Outcome.DECLINED:
        _move(proposal, ProposalStatus.DECLINED)
    else:
        _move(proposal, ProposalStatus.ADOPTED)
        if proposal.kind == ProposalKind.RETIREMENT:
            _retire(proposal)
        else:
            version = _write_version(decision, proposal)
    audit.record(f"glossary.{decision.outcome}", by=by, subject=proposal)
    notifications.proposal_decided(decision)
    return version


def _move(proposal: Proposal, status: ProposalStatus) -> None:
    try:
        move(proposal, status)
    except StaleProposal as stale:
        raise DecisionRefused(str(stale)) from None


def _retire(proposal: Proposal) -> None:
    term = proposal.term
    if not term.in_force.exists():  # an import proposes both at once
        raise DecisionRefused(_("Nothing of this term is adopted, so there is nothing to retire. Decide about its wording first."))  # fmt: skip
    term.retired_at, term.replaced_by = timezone.now(), proposal.replaced_by
    term.save(update_fields=["retired_at", "replaced_by"])
    _words_changed(term.words.values_list("language", "folded"))
    term.words.exclude(kind="alias").delete()


def _find_again(proposals: Iterable[Proposal]) -> None:
    """Put the terms into the search as they are now."""
    terms = list(Term.objects.filter(proposals__in=[one.pk for one in proposals]).distinct())
    get_search_backend().add_bulk(Term, terms)


def _write_version(decision: Decision, proposal: Proposal) -> TermVersion:
    term = Term.objects.select_for_update().get(pk=proposal.term_id)
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
