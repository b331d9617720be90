"""Decide: the one way in which the text that readers see is changed.

`adopt_proposal` is the only place that writes a version. A decision is on the text that was shown; who may decide is read
while the proposal is held, so that a seat that ended a moment ago decides nothing and of two who decide at once one is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Body
from core import audit
from core.access import require
from core.text import strip_control
from curriculum.glossary import notifications
from curriculum.glossary.actions.effects import DecisionRefused, find_again, take_effect
from curriculum.glossary.actions.proposals import held
from curriculum.glossary.choices import Outcome, ProposalStatus
from curriculum.glossary.models import Decision, Proposal, TermVersion
from curriculum.glossary.permissions import (
    can_confirm_decision,
    can_decide_proposal,
    can_record_meeting,
)
from curriculum.glossary.wordings import check_lengths

TEXTS = ("reason", "dissent", "present")


@transaction.atomic
def adopt_proposal(
    *, proposal: Proposal, by: Any, seen_revision: int, dissent: str = "", next_review_on: date | None = None
) -> TermVersion | None:  # fmt: skip
    """Adopt the text that was shown, for the body in which `by` holds a seat; returns its version (none: a retirement).

    Raises PermissionDenied, DecisionRefused, ValidationError at `dissent` or `next_review_on`.
    """
    _in_turn()
    version = _adopt(proposal, by, seen_revision, dissent=dissent, next_review_on=next_review_on)
    find_again([proposal])
    return version


def _adopt(proposal: Proposal, by: Any, seen_revision: int, **words: Any) -> TermVersion | None:
    proposal = _to_decide(proposal, seen_revision, by)
    return take_effect(_decided(proposal, by, Outcome.ADOPTED, **words), proposal, by)


@transaction.atomic
def decline_proposal(
    *, proposal: Proposal, by: Any, seen_revision: int, reason: str, dissent: str = ""
) -> Decision:
    """Decline it: the text in force stays, the proposal is archived with the reason.

    Raises PermissionDenied, DecisionRefused, ValidationError at `reason`.
    """
    _in_turn()
    proposal = _to_decide(proposal, seen_revision, by)
    decision = _decided(proposal, by, Outcome.DECLINED, reason=reason, dissent=dissent)
    take_effect(decision, proposal, by)
    return decision


@transaction.atomic
def decide_together(
    *, shown: Iterable[tuple[Proposal, int]], by: Any, dissent: str = ""
) -> list[Proposal]:
    """Adopt several proposals (each with the revision that was shown), in their order: all of them or none.

    Raises DecisionRefused that names the first that cannot be adopted, PermissionDenied.
    """
    _in_turn()
    rows, done = list(shown), []
    _hold_all([proposal for proposal, _revision in rows])
    for proposal, revision in rows:
        try:
            _adopt(proposal, by, revision, dissent=dissent)
        except DecisionRefused as refusal:
            said = _("“%(name)s”: %(reason)s None of the others was adopted either.")
            raise DecisionRefused(said % {"name": proposal.name, "reason": refusal}) from None
        done.append(proposal)
    find_again(done)
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
    _in_turn()
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
    _in_turn()
    proposal, decision = _record_of(decision)
    require(can_confirm_decision(by, decision))
    _open_as_shown(proposal, decision.revision)
    decision.confirmed_by, decision.confirmed_at = by, timezone.now()
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    version = take_effect(decision, proposal, by)
    find_again([proposal])
    return version


@transaction.atomic
def discard_record(*, decision: Decision, by: Any) -> None:
    """Take back the record of a meeting that nobody has confirmed: who recorded it, or who may confirm it.

    Raises PermissionDenied, DecisionRefused.
    """
    _in_turn()
    _proposal, decision = _record_of(decision)
    require(
        not decision.is_in_effect
        and (decision.recorded_by_id == by.pk or can_confirm_decision(by, decision))
    )
    audit.record("glossary.record_discarded", by=by, subject=decision)
    decision.delete()


def _in_turn() -> None:
    """Decide one after the other, all over the glossary: what one adopts may clash with what another does at this moment.

    Asked before anything else is held, so that nobody waits for somebody who waits for them.
    """
    list(Body.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _hold_all(proposals: list[Proposal]) -> None:
    rows = Proposal.objects.select_for_update(of=("self",)).order_by("pk")
    list(rows.filter(pk__in=[one.pk for one in proposals]).values_list("pk"))


def _record_of(decision: Decision) -> tuple[Proposal, Decision]:
    """The record of a meeting as it is now, with its proposal, held. Raises DecisionRefused when it was taken back."""
    proposal = held(decision.proposal)
    found = Decision.objects.select_related("body").filter(pk=decision.pk).first()
    if found is None:
        raise DecisionRefused(_("This record was taken back meanwhile, so there is nothing to confirm. The proposal is as it was."))  # fmt: skip
    found.proposal = proposal
    return proposal, found


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
        **{name: strip_control(value).strip() if name in TEXTS else value for name, value in words.items()},
    )  # fmt: skip
    _check_decision(decision)
    if confirmed:
        decision.confirmed_by, decision.confirmed_at = by, decision.recorded_at
    decision.full_clean(exclude=["proposal", "recorded_by", "confirmed_by", "confirmed_at"])
    decision.save()
    return decision


def _check_decision(decision: Decision) -> None:
    check_lengths(decision, TEXTS)
    if decision.outcome == Outcome.DECLINED and not decision.reason:
        raise ValidationError({"reason": _("Say why it is declined; the proposal is archived with it.")})  # fmt: skip
    if decision.next_review_on is not None and decision.next_review_on <= decision.decided_on:
        raise ValidationError({"next_review_on": _("Choose a day after that of the decision.")})
