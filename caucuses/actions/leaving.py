"""Leaving a caucus: the seat goes, with everything that named it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from caucuses.actions.holding import hold_caucus
from caucuses.actions.proposing import settle
from caucuses.models import Caucus, Invitation, JoinRequest, Parting, Seat
from caucuses.permissions import seats_of, tokens_of
from caucuses.tokens import address_token, outside_stand_in
from core import doors
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.idempotency import forget_results
from core.models import OwnerKind


@transaction.atomic
def leave_caucus(*, seat: Seat, with_posts: bool) -> None:
    """Leave. What was said stays as by a former member, or goes (`with_posts`): that is the leaver's own choice.

    The rooms end what hangs on the seat in this very transaction (door `seat_left`). With the last seat the caucus goes, and
    its key, which makes everything that was said there unreadable.
    """
    now = hold_caucus(seat, before_agreeing=True)
    doors.ask("seat_left", seat=now, with_posts=with_posts)
    Parting.objects.filter(caucus=now.caucus, token=now.token).delete()
    take_seat_away(now)
    if not Seat.objects.filter(caucus=now.caucus_id).exists():
        end_caucus(now.caucus)
    else:
        settle(now.caucus)


def take_seat_away(seat: Seat) -> None:
    """Delete a seat with everything that leads back to its member. Called with the caucus held, when the rooms were asked."""
    caucus = seat.caucus
    JoinRequest.objects.filter(caucus=caucus, token=seat.token).delete()
    with suppress(CannotOpen):  # a damaged seat is left like any other
        addresses = _addresses(UUID(str(seat.who)))
        tokens = [address_token(caucus, one) for one in addresses]
        Invitation.objects.filter(caucus=caucus, address_token__in=tokens).delete()
    _forget_forms(seat)
    Seat.objects.filter(pk=seat.pk).delete()


def _forget_forms(seat: Seat) -> None:
    """What is kept for a day of the forms that were sent here, and of those that led here, goes at once."""
    forget_results(seat.pk)
    try:
        forget_results(outside_stand_in(UUID(str(seat.who))))
    except CannotOpen:
        alerts.could_not_open(seat)  # whose seat it was, nobody can tell any more


def end_caucus(caucus: Caucus) -> None:
    """Destroy the key, and with it every word; then the rows go."""
    owners.destroy(Owner(OwnerKind.CAUCUS, caucus.pk))
    Caucus.objects.filter(pk=caucus.pk).delete()


def leave_all(*, member: Any) -> None:
    """Leave every caucus with every post, as an account that is closed does. May be run again.

    What waits elsewhere under the member's tokens goes as well: requests, invitations, what was left of a removal. The same
    questions are asked whether or not there is anything.
    """
    for seat in seats_of(member):
        leave_caucus(seat=seat, with_posts=True)
    tokens = tokens_of(member)
    addresses = _addresses(member.pk)
    JoinRequest.objects.filter(token__in=tokens).delete()
    Parting.objects.filter(token__in=tokens).delete()
    invited = _address_tokens(tokens.values(), addresses)
    Invitation.objects.filter(address_token__in=invited).delete()


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
