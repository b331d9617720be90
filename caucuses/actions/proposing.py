"""How the agreement changes: a proposal, what each says to it, and the one function by which another version comes into force."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caucuses.actions.agreeing import NotThatOne
from caucuses.actions.holding import hold_caucus, hold_room
from caucuses.agreed import in_force, opened, terms_in
from caucuses.choices import CONSIDERED_FOR, Happening, Keeping, ProposalState, StanceKind
from caucuses.chores import guarded
from caucuses.listed import DoorTaken, require_own_door
from caucuses.models import Agreement, Caucus, Event, Proposal, Seat, Stance
from caucuses.permissions import (
    can_see_proposal,
    can_withdraw_proposal,
    cohorts_that_go_on,
    cohorts_to_name,
)
from caucuses.terms import Terms
from core.access import require
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed

#: What of a proposal nobody can live by: it does not open, or is not what was written there.
UNREADABLE = (CannotOpen, KeyDestroyed, ValueError, KeyError, TypeError, AttributeError)


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
    """Adopt the open proposal before its day when everybody agrees. Called with the caucus held.

    Everybody: each seat that has ever come in. Who has not accepted the version in force yet reads no proposal and so has
    not agreed. Where somebody was removed since it was made, it waits for its day: no removal brings anything forward.
    """
    proposal = Proposal.objects.filter(caucus=caucus, state=ProposalState.OPEN).first()
    if proposal is None or _removed_since(proposal):
        return
    here = Seat.objects.filter(caucus=caucus, since__isnull=False).values_list("pk", flat=True)
    agree = proposal.stances.filter(kind=StanceKind.AGREE).values_list("seat", flat=True)
    if here and set(here) <= set(agree):
        try:
            with transaction.atomic():
                _adopt_or_drop(caucus, proposal, timezone.now())
        except (KeyMissing, *UNREADABLE):
            return  # it waits for its day


def drop_objected(seat: Seat) -> None:
    """Drop the open proposal to which this seat objects: who removes somebody gets nothing adopted by it. With the caucus held."""
    objected = Stance.objects.filter(seat=seat, kind=StanceKind.OBJECT).values("proposal")
    open_one = Proposal.objects.filter(caucus=seat.caucus_id, state=ProposalState.OPEN)
    for proposal in open_one.filter(pk__in=objected):
        _drop(proposal)


def empty_proposals(seat: Seat) -> None:
    """The words of who leaves with them go out of what they proposed; an open one is withdrawn. With the caucus held.

    The text of what was adopted stays: it is what the room agreed on. That somebody proposed something stays, without a word.
    """
    for proposal in Proposal.objects.filter(seat=seat):
        if proposal.state == ProposalState.OPEN:
            _drop(proposal)
        emptied = ["why"]
        if proposal.state == ProposalState.DROPPED:
            emptied += ["text", "terms"]
        for name in emptied:
            setattr(proposal, name, "")
        proposal.save(update_fields=emptied)


def decide_due(now: datetime) -> int:
    """Decide what has stood long enough: adopted when nobody objects, dropped otherwise; returns how many were decided."""
    due = Proposal.objects.filter(state=ProposalState.OPEN, decides_at__lte=now)
    found = list(due.values_list("pk", "caucus"))
    return sum(guarded(partial(_decide, *row, now)) for row in found)


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
            with transaction.atomic():
                _adopt_or_drop(caucus, proposal, now)
    except KeyMissing:  # the keyring comes back, and then it is decided
        return 0
    except UNREADABLE:
        could_not_open(proposal)
        _drop(proposal)
    return 1


def _adopt_or_drop(caucus: Caucus, proposal: Proposal, now: datetime) -> None:
    """Adopt it, unless words would go with a cohort that is over by now: then everything would be deleted at once."""
    terms = Terms.from_json(str(proposal.terms))
    current = terms_in(in_force(caucus))
    is_kept = current is not None and current.cohort == terms.cohort
    if terms.cohort is not None and not is_kept and not _goes_on(terms.cohort, now):
        _drop(proposal)
        return
    try:
        require_own_door(caucus, terms)
    except DoorTaken:  # another room took the name while this one considered it
        _drop(proposal)
    else:
        _adopt(caucus, proposal, terms)


def _adopt(caucus: Caucus, proposal: Proposal, terms: Terms) -> None:
    """Bring the proposal into force as the next version. Whoever is in the room accepts it anew, its maker too."""
    text = str(proposal.text)
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


def _goes_on(cohort_id: UUID, now: datetime) -> bool:
    return cohorts_that_go_on(now).filter(pk=cohort_id).exists()


def _removed_since(proposal: Proposal) -> bool:
    removals = Event.objects.filter(caucus=proposal.caucus_id, what=Happening.REMOVED)
    return removals.filter(at__gte=proposal.made_at).exists()


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
