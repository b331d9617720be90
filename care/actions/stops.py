"""Stopping contact, and ending that."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from care.actions.turns import hold, until_it_lands
from care.known import can_know_person
from care.models import Stop
from care.permissions import can_see_stop
from care.tokens import token_of
from core import doors
from core.access import require
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.fields import Sealed
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import OwnerKind


def stop_contact(*, by: Any, other: Any) -> Stop:
    """Stop contact with somebody, at once and in silence. A second press changes nothing, and whatever else the two or
    their pair do at the same moment, this comes about.

    The other rooms end what connects the two in this very transaction (door `contact_stopped`), and tell nobody why.
    """
    require(by.pk != other.pk, _("You cannot stop contact with yourself. Nothing was changed."))
    return until_it_lands(lambda: _stopped(by, other))


def _stopped(by: Any, other: Any) -> Stop:
    hold(by, other)
    token = token_of(by.pk, other.pk)
    known = Stop.objects.filter(by=by, token=token).first()
    if known is not None:
        return known
    require(can_know_person(by, other.pk))
    stop = Stop(by=by, token=token)
    _name(stop, other)
    doors.ask("contact_stopped", by=by, other=other)
    return stop


def _name(stop: Stop, other: Any) -> None:
    """Save it with whom it is. Without a key that seals the name it holds all the same: the token alone keeps the two apart."""
    try:
        with transaction.atomic():
            owners.get_ready([Owner(OwnerKind.MEMBER, stop.by_id)])  # the key first, the row second
            stop.other = str(other.pk)
            stop.save(force_insert=True)
    except (CannotOpen, KeyMissing, owners.KeyDestroyed):
        stop.other = Sealed(b"")  # type: ignore[assignment]
        stop.save(force_insert=True)
        alerts.could_not_open(stop)


@transaction.atomic
def end_stop(*, stop: Stop, by: Any) -> None:
    """Allow contact again from one's own side. Whether the other has stopped it too stays unsaid, and holds."""
    require(can_see_stop(by, stop))
    Stop.objects.filter(pk=stop.pk, by=by).delete()
