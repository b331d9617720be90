"""Who may know of what in a caucus. Inside, every rule asks a seat; outside there is nothing but a listed caucus's door.

Being an administrator, a facilitator of a cohort or of another caucus gives nothing here.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caucuses.models import Caucus, Invitation, JoinRequest, Seat
from caucuses.tokens import decoy, token_for
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import OwnerKind


def seat_in(user: Any, caucus_id: UUID) -> Seat | None:
    """The member's own seat in this caucus; None without one, after the same work whether or not there is such a caucus."""
    if not user.is_authenticated:
        return None
    caucus = Caucus.objects.filter(pk=caucus_id).first()
    seat = Seat.objects.filter(caucus=caucus_id, token=_token(caucus, caucus_id, user)).first()
    if seat is not None and caucus is not None:
        seat.caucus = caucus
    return seat


def seats_of(user: Any) -> list[Seat]:
    """All seats of the member, each with its caucus: the same three questions, however many they are."""
    if not user.is_authenticated:
        return []
    caucuses = {caucus.pk: caucus for caucus in Caucus.objects.all()}
    owners.get_ready([Owner(OwnerKind.CAUCUS, pk) for pk in caucuses])
    tokens = {_token(caucus, pk, user): caucus for pk, caucus in caucuses.items()}
    seats = list(Seat.objects.filter(token__in=tokens))
    for seat in seats:
        seat.caucus = tokens[seat.token]
    return seats


def can_enter(user: Any, caucus: Caucus) -> bool:
    """Whether the member has a seat in it. The other form of `seats_of`."""
    return seat_in(user, caucus.pk) is not None


def can_facilitate(seat: Seat) -> bool:
    """Whether the seat facilitates its caucus, and has accepted the agreement in force."""
    return seat.is_facilitator and not seat.must_accept


def requests_visible_to(seat: Seat) -> QuerySet[JoinRequest]:
    """The requests that wait for an answer, for who facilitates."""
    rows = JoinRequest.objects.filter(caucus=seat.caucus_id, declined_at__isnull=True)
    return rows if can_facilitate(seat) else rows.none()


def can_answer_request(seat: Seat, row: JoinRequest) -> bool:
    """Whether the seat may read and answer it. The other form of `requests_visible_to`."""
    return row.caucus_id == seat.caucus_id and row.declined_at is None and can_facilitate(seat)


def invitations_visible_to(seat: Seat) -> QuerySet[Invitation]:
    """The invitations that are open, for who facilitates."""
    rows = Invitation.objects.filter(caucus=seat.caucus_id, expires_at__gt=timezone.now())
    return rows if can_facilitate(seat) else rows.none()


def can_take_back_invitation(seat: Seat, row: Invitation) -> bool:
    """Whether the seat may read it and take it back. The other form of `invitations_visible_to`."""
    is_open = row.expires_at > timezone.now()
    return row.caucus_id == seat.caucus_id and is_open and can_facilitate(seat)


def _token(caucus: Caucus | None, caucus_id: UUID, user: Any) -> str:
    if caucus is None:
        with suppress(CannotOpen):  # the question that a caucus would have asked
            owners.key_of(Owner(OwnerKind.CAUCUS, caucus_id), 1)
        return decoy(user.pk)
    try:
        return token_for(caucus, user.pk)
    except CannotOpen:
        alerts.could_not_open(caucus)
        return decoy(user.pk)
