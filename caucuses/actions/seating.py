"""Taking a seat. Who may is asked by the ways that lead here: opening, joining, an answered request, an invitation."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from caucuses.models import Caucus, Seat
from caucuses.tokens import token_for


def sit(
    *,
    caucus: Caucus,
    member: Any,
    name: str,
    as_facilitator: bool = False,
    has_accepted: bool = False,
) -> Seat:
    """Give a member a seat, or give back the one they have. With `has_accepted` they have read the agreement in force and accepted it.

    Called inside a transaction that holds the caucus.
    """
    token = token_for(caucus, member.pk)
    known = Seat.objects.filter(caucus=caucus, token=token).first()
    if known is not None:
        known.caucus = caucus
        return known
    seat = Seat(caucus=caucus, token=token, is_facilitator=as_facilitator)
    seat.who, seat.name = str(member.pk), name
    if has_accepted:
        seat.since, seat.accepted = timezone.now(), caucus.agreement
    seat.save(force_insert=True)
    return seat
