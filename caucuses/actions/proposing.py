"""How the agreement changes: a proposal, what each says to it, and the one function by which another version comes into force."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caucuses.actions.agreeing import NotThatOne
from caucuses.actions.holding import hold_caucus, hold_room
from caucuses.agreed import in_force, opened, terms_in
from caucuses.choices import CONSIDERED_FOR, Happening, Keeping, ProposalState, StanceKind
from caucuses.listed import DoorTaken, require_own_door
from caucuses.models import Agreement, Caucus, Event, Proposal, Seat, Stance
from caucuses.permissions import can_see_proposal, can_withdraw_proposal, cohorts_to_name
from caucuses.terms import Terms
from core.access import require
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing


class OneIsOpen(Exception):
    """Another proposal is being considered; one at a time."""


class NothingChanges(Exception):
    """What is proposed is what is in force."""


class Decided(Exception):
    """The proposal was adopted, dropped or withdrawn meanwhile."""


class NotYourCohort(Exception):
    """Words cannot go with the end of a cohort in which the proposer is not."""


@transaction.atomic
def propose_change(*, seat: Seat, text: str, terms: Terms, why: str, changes: int) -> Proposal:
    """Propose another text, other terms or both on the version `changes`. Its maker agrees with it, and can change their mind.

    Raises NotThatOne when another version is in force by now, OneIsOpen, NothingChanges, NotYourCohort, DoorTaken.
    """
    now = hold_caucus(seat)
    if changes != now.caucus.agreement:
        raise NotThatOne
    if Proposal.objects.filter(caucus=now.caucus, state=ProposalState.OPEN).exists():
        raise OneIsOpen
    _check(now, text, terms)
    require_own_door(now.caucus, terms)
    made_at = timezone.now()
    proposal = Proposal(caucus=now.caucus, seat=now, changes=changes, made_at=made_at)
    proposal.decides_at = made_at + CONSIDERED_FOR
    proposal.text, proposal.terms, proposal.why = text, terms.to_json(), why
    proposal.save(force_insert=True)
    _say(now, proposal, StanceKind.AGREE, "")
    settle(now.caucus)
    return proposal


@transaction.atomic
def take_stance(*, seat: Seat, proposal: Proposal, kind: StanceKind, words: str = "") -> None:
    """Agree, or object with words; saying something else later takes its place. Raises Decided."""
    now = hold_caucus(seat)
    current = _open(now, proposal)
    _say(now, current, kind, words)
    settle(now.caucus)


@transaction.atomic
def withdraw_proposal(*, seat: Seat, proposal: Proposal) -> None:
    """Take one's own proposal back. Raises Decided."""
    now = hold_caucus(seat)
    current = _open(now, proposal)
    require(can_withdraw_proposal(now, current))
    _drop(current)


def settle(caucus: Caucus) -> None:
    """Adopt the open proposal when everybody who has accepted the agreement agrees. Called with the caucus held."""
    proposal = Proposal.objects.filter(caucus=caucus, state=ProposalState.OPEN).first()
    if proposal is None:
        return
    here = set(
        Seat.objects.filter(
            caucus=caucus, since__isnull=False, accepted=caucus.agreement
        ).values_list("pk", flat=True)
    )
    agree = proposal.stances.filter(kind=StanceKind.AGREE).values_list("seat", flat=True)
    if here and here <= set(agree):
        try:
            _adopt(caucus, proposal)
        except DoorTaken:  # another room took the name while this one considered it
            _drop(proposal)
        except (CannotOpen, KeyMissing):  # then it waits for its day
            return


def decide_due(now: datetime) -> int:
    """Decide what has stood long enough: adopted when nobody objects, dropped otherwise; returns how many were decided."""
    due = Proposal.objects.filter(state=ProposalState.OPEN, decides_at__lte=now)
    return sum(_decide(*row, now) for row in list(due.values_list("pk", "caucus")))


@transaction.atomic
def _decide(proposal_id: UUID, caucus_id: UUID, now: datetime) -> int:
    caucus = hold_room(caucus_id)
    due = Proposal.objects.filter(pk=proposal_id, state=ProposalState.OPEN, decides_at__lte=now)
    proposal = due.first()
    if caucus is None or proposal is None:
        return 0
    try:
        if proposal.stances.filter(kind=StanceKind.OBJECT).exists():
            _drop(proposal)
        else:
            _adopt(caucus, proposal)
    except DoorTaken:
        _drop(proposal)
    except KeyMissing:  # the keyring comes back, and then it is decided
        return 0
    except CannotOpen:  # nobody can read what was proposed, so nobody can live by it
        opened(proposal, "text")
        _drop(proposal)
    return 1


def _adopt(caucus: Caucus, proposal: Proposal) -> None:
    """Bring the proposal into force as the next version. Whoever is in the room accepts it anew, its maker too."""
    terms = Terms.from_json(str(proposal.terms))
    text = str(proposal.text)
    require_own_door(caucus, terms)
    number = caucus.agreement + 1
    Agreement.objects.create(caucus=caucus, number=number, text=text, terms=terms.to_json())
    caucus.agreement, caucus.joining, caucus.is_listed = number, terms.joining, terms.is_listed
    caucus.name, caucus.purpose = terms.name, terms.purpose
    caucus.save(update_fields=["agreement", "joining", "is_listed", "name", "purpose"])
    proposal.state = ProposalState.ADOPTED
    proposal.save(update_fields=["state"])
    Event.objects.create(caucus=caucus, what=Happening.AGREEMENT)


def _drop(proposal: Proposal) -> None:
    proposal.state = ProposalState.DROPPED
    proposal.save(update_fields=["state"])
    Event.objects.create(caucus_id=proposal.caucus_id, what=Happening.NOT_ADOPTED)


def _open(now: Seat, proposal: Proposal) -> Proposal:
    current = Proposal.objects.filter(pk=proposal.pk, caucus=now.caucus).first()
    if current is None or current.state != ProposalState.OPEN:
        raise Decided
    require(can_see_proposal(now, current))
    return current


def _say(now: Seat, proposal: Proposal, kind: StanceKind, words: str) -> None:
    known = Stance.objects.filter(proposal=proposal, seat=now).first()
    stance = known or Stance(caucus=now.caucus, proposal=proposal, seat=now)
    stance.kind, stance.at, stance.words = kind, timezone.now(), words
    stance.save()


def _check(now: Seat, text: str, terms: Terms) -> None:
    current = in_force(now.caucus)
    old_text, old_terms = opened(current, "text"), terms_in(current)
    if text == old_text and terms == old_terms:
        raise NothingChanges
    if terms.keeping != Keeping.COHORT:
        return
    is_kept = old_terms is not None and terms.cohort == old_terms.cohort
    if terms.cohort is None:
        raise NotYourCohort
    own = cohorts_to_name(UUID(str(now.who)))
    if not is_kept and not own.filter(pk=terms.cohort).exists():
        raise NotYourCohort
