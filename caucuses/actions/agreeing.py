"""Accepting what the room agrees on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.models import Seat


class NotThatOne(Exception):
    """Another version came into force while this one was read."""


@transaction.atomic
def accept_agreement(*, seat: Seat, number: int) -> Seat:
    """Accept the version that was shown. Raises NotThatOne when another one is in force by now.

    The first time is the moment from which on the seat reads what is said.
    """
    now = hold_caucus(seat, before_agreeing=True)
    if number != now.caucus.agreement:
        raise NotThatOne
    now.accepted = number
    now.since = now.since or timezone.now()
    now.save(update_fields=["accepted", "since"])
    return now
