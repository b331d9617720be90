"""Who may know of what in a caucus. Inside, every rule asks a seat; outside there is nothing but a listed caucus's door.

Being an administrator, a facilitator of a cohort or of another caucus gives nothing here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone

from caucuses.choices import AWAY_AFTER, PARTED_FOR, ProposalState
from caucuses.models import (
    Agreement,
    Caucus,
    Event,
    JoinRequest,
    Parting,
    Proposal,
    Seat,
    Stance,
)
from caucuses.tokens import decoy, token_for
from cohorts.models import Cohort
from core.clock import today_here
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.prepared import Given, Prepared


def _seat_with() -> QuerySet[Seat]:
    return Seat.objects.filter(
        caucus=Given("caucus", UUIDField()), token=Given("token", CharField())
    )


_CAUCUS = Prepared(lambda: Caucus.objects.filter(pk=Given("pk", UUIDField())))
_SEAT = Prepared(_seat_with)


def seat_in(user: Any, caucus_id: UUID) -> Seat | None:
    """The member's own seat in this caucus; None without one, after the same work whether or not there is such a caucus."""
    return find_seat(user, caucus_id)[0]


def find_seat(user: Any, caucus_id: UUID) -> tuple[Seat | None, str]:
    """`seat_in`, and the token that was looked for; one that finds nothing where there is no such caucus.

    Whoever is outside costs the database of keys the same in each case: at a room that somebody opened a moment ago, at one that
    lay quiet, at one that has ended, and at an id that never was.
    """
    if not user.is_authenticated:
        return None, ""
    caucus, owner = _CAUCUS.first(pk=caucus_id), Owner(OwnerKind.CAUCUS, caucus_id)
    has_to_ask = caucus is not None and not owners.is_remembered(owner)
    token = _token(caucus, user)
    seat = _SEAT.first(caucus=caucus_id, token=token)
    if seat is None and not has_to_ask:
        owners.ask_in_vain(owner)
    if seat is not None and caucus is not None:
        seat.caucus = caucus
    return seat, token


def fresh_parting(caucus_id: UUID, token: str) -> Parting | None:
    """What is left for somebody who was removed and has not put it away; the same question for everybody."""
    since = timezone.now() - PARTED_FOR
    left = Parting.objects.filter(caucus=caucus_id, token=token, at__gte=since)
    return left.filter(read_at__isnull=True).first()


def seats_of(user: Any) -> list[Seat]:
    """All seats of the member, each with its caucus: the same three questions, however many they are."""
    if not user.is_authenticated:
        return []
    tokens = tokens_of(user)
    seats = list(Seat.objects.filter(token__in=tokens))
    for seat in seats:
        seat.caucus = tokens[seat.token]
    return seats


def tokens_of(user: Any) -> dict[str, Caucus]:
    """What stands for the member in every caucus, whether or not they are in it."""
    caucuses = {caucus.pk: caucus for caucus in Caucus.objects.all()}
    owners.get_ready([Owner(OwnerKind.CAUCUS, pk) for pk in caucuses])
    return {_token(caucus, user): caucus for caucus in caucuses.values()}


def can_enter(user: Any, caucus: Caucus) -> bool:
    """Whether the member has a seat in it. The other form of `seats_of`."""
    return seat_in(user, caucus.pk) is not None


def can_facilitate(seat: Seat) -> bool:
    """Whether the seat facilitates its caucus, and has accepted the agreement in force."""
    return seat.is_facilitator and not seat.must_accept


def seats_visible_to(seat: Seat) -> QuerySet[Seat]:
    """Everybody who has come into the room; who has not accepted an agreement yet has not."""
    return Seat.objects.filter(caucus=seat.caucus_id, since__isnull=False)


def can_see_seat(seat: Seat, row: Seat) -> bool:
    """Whether the seat may know of this one. The other form of `seats_visible_to`."""
    return row.caucus_id == seat.caucus_id and row.since is not None


def seats_removable_by(seat: Seat) -> QuerySet[Seat]:
    """Whom a facilitator may remove: everybody but themselves and who facilitates beside them; also who has not come in yet."""
    if not can_facilitate(seat):
        return Seat.objects.none()
    facilitates_here = Q(is_facilitator=True, since__isnull=False)
    return Seat.objects.filter(caucus=seat.caucus_id).exclude(facilitates_here).exclude(pk=seat.pk)


def can_remove_seat(seat: Seat, row: Seat) -> bool:
    """Whether the seat may remove this one. Who facilitates steps back or leaves; no facilitator removes another."""
    facilitates_here = row.is_facilitator and row.since is not None
    is_other = row.pk != seat.pk and row.caucus_id == seat.caucus_id
    return can_facilitate(seat) and is_other and not facilitates_here


def seats_askable_by(seat: Seat) -> QuerySet[Seat]:
    """Whom a facilitator may ask to facilitate, too: who has come in and does not yet."""
    return seats_removable_by(seat).filter(since__isnull=False)


def can_ask_seat(seat: Seat, row: Seat) -> bool:
    """Whether the seat may ask this one to facilitate, too. The other form of `seats_askable_by`."""
    return can_remove_seat(seat, row) and can_see_seat(seat, row)


def has_facilitator(caucus: Caucus) -> bool:
    """Whether somebody facilitates. Not who has not come in yet, and not who has left a version unaccepted for 14 days."""
    return facilitators_of(caucus).exists()


def facilitators_of(caucus: Caucus) -> QuerySet[Seat]:
    """Who facilitates and is there for it: whoever has not accepted what has been in force for 14 days keeps nobody waiting."""
    long_in_force = Agreement.objects.filter(
        caucus=caucus.pk, adopted_at__lte=timezone.now() - AWAY_AFTER
    )
    known = Subquery(long_in_force.order_by("-number").values("number")[:1])
    there = caucus.seats.filter(is_facilitator=True, since__isnull=False)
    return there.filter(accepted__gte=Coalesce(known, 0))


def events_visible_to(seat: Seat) -> QuerySet[Event]:
    """The lines of the room's log since the reader came."""
    if seat.must_accept:
        return Event.objects.none()
    return Event.objects.filter(caucus=seat.caucus_id, at__gte=seat.since)


def can_see_event(seat: Seat, event: Event) -> bool:
    """Whether the seat may read the line. The other form of `events_visible_to`."""
    if seat.must_accept or seat.since is None:
        return False
    return event.caucus_id == seat.caucus_id and event.at >= seat.since


def agreements_visible_to(seat: Seat) -> QuerySet[Agreement]:
    """The version that was in force when the reader came, and what followed; before they have come, the one in force."""
    versions = Agreement.objects.filter(caucus=seat.caucus_id)
    if seat.since is None:
        return versions.filter(number=seat.caucus.agreement)
    before = versions.filter(adopted_at__lte=seat.since).order_by("-number").values("number")[:1]
    return versions.filter(Q(adopted_at__gt=seat.since) | Q(number=Subquery(before)))


def can_see_agreement(seat: Seat, agreement: Agreement) -> bool:
    """Whether the seat may read this version. The other form of `agreements_visible_to`."""
    if agreement.caucus_id != seat.caucus_id:
        return False
    if seat.since is None:
        return agreement.number == seat.caucus.agreement
    later = Agreement.objects.filter(caucus=seat.caucus_id, number=agreement.number + 1).first()
    return later is None or later.adopted_at > seat.since


def proposals_visible_to(seat: Seat) -> QuerySet[Proposal]:
    """What was proposed since the reader came, and what is open: that decides about them, too."""
    if seat.must_accept:
        return Proposal.objects.none()
    known = Q(state=ProposalState.OPEN) | Q(made_at__gte=seat.since)
    return Proposal.objects.filter(known, caucus=seat.caucus_id)


def can_see_proposal(seat: Seat, proposal: Proposal) -> bool:
    """Whether the seat may read the proposal. The other form of `proposals_visible_to`."""
    if seat.must_accept or seat.since is None or proposal.caucus_id != seat.caucus_id:
        return False
    return proposal.state == ProposalState.OPEN or proposal.made_at >= seat.since


def stances_visible_to(seat: Seat) -> QuerySet[Stance]:
    """What others said to proposals since the reader came."""
    if seat.must_accept:
        return Stance.objects.none()
    return Stance.objects.filter(caucus=seat.caucus_id, at__gte=seat.since)


def can_see_stance(seat: Seat, stance: Stance) -> bool:
    """Whether the seat may read it. The other form of `stances_visible_to`."""
    if seat.must_accept or seat.since is None:
        return False
    return stance.caucus_id == seat.caucus_id and stance.at >= seat.since


def can_withdraw_proposal(seat: Seat, proposal: Proposal) -> bool:
    """Whether the seat may take it back: who made it, while it is open."""
    return proposal.seat_id == seat.pk and proposal.state == ProposalState.OPEN


def cohorts_to_name(member_id: UUID) -> QuerySet[Cohort]:
    """The cohorts with whose end a member may propose that words go: those they are in, and that do not end today."""
    is_in = Q(memberships__member=member_id, memberships__left_at__isnull=True)
    return cohorts_that_go_on(timezone.now()).filter(is_in)


def cohorts_that_go_on(now: datetime) -> QuerySet[Cohort]:
    """The cohorts that are not over tomorrow: with the end of any other one everything would go at once."""
    return Cohort.objects.exclude(ends_on__lte=today_here(now))


def requests_visible_to(seat: Seat) -> QuerySet[JoinRequest]:
    """The requests that wait for an answer, for who facilitates."""
    rows = JoinRequest.objects.filter(caucus=seat.caucus_id, declined_at__isnull=True)
    return rows if can_facilitate(seat) else rows.none()


def can_answer_request(seat: Seat, row: JoinRequest) -> bool:
    """Whether the seat may read and answer it. The other form of `requests_visible_to`."""
    return row.caucus_id == seat.caucus_id and row.declined_at is None and can_facilitate(seat)


def _token(caucus: Caucus | None, user: Any) -> str:
    if caucus is None:
        return decoy(user.pk)
    try:
        return token_for(caucus, user.pk)
    except CannotOpen:
        alerts.could_not_open(caucus)
        return decoy(user.pk)
