"""Leaving a caucus: the seat goes, with everything that named it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from caucuses.actions.ending import end_caucus
from caucuses.actions.holding import hold_caucus, hold_room
from caucuses.actions.parting import end_parting
from caucuses.actions.proposing import empty_proposals, settle
from caucuses.choices import WAITS_FOR
from caucuses.chores import guarded
from caucuses.mailing import forget_sender
from caucuses.models import Caucus, Invitation, JoinRequest, Parting, Seat
from caucuses.permissions import seats_of, tokens_of
from caucuses.tokens import address_token, outside_stand_in
from core import doors
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.idempotency import forget_results


@transaction.atomic
def leave_caucus(*, seat: Seat, with_posts: bool) -> None:
    """Leave. What was said stays as by a former member, or goes (`with_posts`): that is the leaver's own choice.

    The rooms end what hangs on the seat in this very transaction (door `seat_left`). With the last seat the caucus goes, and
    its key, which makes everything that was said there unreadable. Who was removed once and invited back said things before,
    which go or stay with the rest.
    """
    now = hold_caucus(seat, before_agreeing=True)
    end_parting(now.caucus, now.token, with_posts=with_posts)
    if with_posts:
        empty_proposals(now)
    doors.ask("seat_left", seat=now, with_posts=with_posts, removed=False)
    take_seat_away(now)
    _go_on_or_end(now.caucus)


def end_waiting_seats(*, now: datetime) -> int:
    """Take away the seats whose agreement nobody accepted in 30 days, so that no empty room stands for their sake."""
    waiting = Seat.objects.filter(since__isnull=True, taken_at__lte=now - WAITS_FOR)
    found = list(waiting.values_list("pk", "caucus"))
    return sum(guarded(partial(_end_waiting, *row)) for row in found)


@transaction.atomic
def _end_waiting(seat_id: UUID, caucus_id: UUID) -> int:
    caucus = hold_room(caucus_id)
    seat = Seat.objects.filter(pk=seat_id, since__isnull=True).first()
    if caucus is None or seat is None:  # they have come in, or left, meanwhile
        return 0
    seat.caucus = caucus
    doors.ask("seat_left", seat=seat, with_posts=True, removed=False)
    take_seat_away(seat)
    _go_on_or_end(caucus)
    return 1


def _go_on_or_end(caucus: Caucus) -> None:
    """The room ends when nobody who came in is left; who has a seat and never accepted has nothing to lose there."""
    if Seat.objects.filter(caucus=caucus.pk, since__isnull=False).exists():
        settle(caucus)
    else:
        end_caucus(caucus)


def take_seat_away(seat: Seat) -> None:
    """Delete a seat with everything that leads back to its member. Called with the caucus held, when the rooms were asked.

    How many rooms its member opened today stays for that day under a stand-in that names no room: otherwise leaving one
    would let them open any number.
    """
    caucus = seat.caucus
    JoinRequest.objects.filter(caucus=caucus, token=seat.token).delete()
    with suppress(CannotOpen):  # a damaged seat is left like any other
        addresses = _addresses(UUID(str(seat.who)))
        tokens = [address_token(caucus, one) for one in addresses]
        Invitation.objects.filter(caucus=caucus, address_token__in=tokens).delete()
    forget_sender(seat)
    forget_results(seat.pk)
    Seat.objects.filter(pk=seat.pk).delete()


def leave_all(*, member: Any) -> None:
    """Leave every caucus with every post, as an account that is closed does. May be run again.

    What waits elsewhere under the member's tokens goes as well: requests, invitations, what was left of a removal, with the
    posts that it alone knows of.
    """
    for seat in seats_of(member):
        leave_caucus(seat=seat, with_posts=True)
    forget_results(outside_stand_in(member.pk))
    tokens = tokens_of(member)
    addresses = _addresses(member.pk)
    JoinRequest.objects.filter(token__in=tokens).delete()
    for parting in Parting.objects.filter(token__in=tokens):
        _end_parted(parting.caucus_id, parting.token)
    invited = _address_tokens(tokens.values(), addresses)
    Invitation.objects.filter(address_token__in=invited).delete()


@transaction.atomic
def _end_parted(caucus_id: UUID, token: str) -> None:
    caucus = hold_room(caucus_id)
    if caucus is not None:
        end_parting(caucus, token, with_posts=True)


def _addresses(member_id: UUID) -> set[str]:
    """The addresses of a member under which they may have been invited."""
    known = EmailAddress.objects.filter(user=member_id).values_list("email", flat=True)
    own = User.objects.filter(pk=member_id).values_list("email", flat=True)
    return {address.lower() for address in (*known, *own) if address}


def _address_tokens(caucuses: Iterable[Caucus], addresses: set[str]) -> list[str]:
    found: list[str] = []
    for caucus in caucuses:
        try:
            found += [address_token(caucus, address) for address in addresses]
        except CannotOpen:
            alerts.could_not_open(caucus)
    return found
