"""Stopping contact, and ending that."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from care.actions.turns import hold
from care.known import can_know_person
from care.models import Stop
from care.permissions import can_see_stop
from care.tokens import token_of
from core import doors
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind


@transaction.atomic
def stop_contact(*, by: Any, other: Any) -> Stop:
    """Stop contact with somebody, at once and in silence. A second press changes nothing.

    The other rooms end what connects the two in this very transaction (door `contact_stopped`), and tell nobody why.
    """
    require(by.pk != other.pk, _("You cannot stop contact with yourself. Nothing was changed."))
    hold(by)
    token = token_of(by.pk, other.pk)
    known = Stop.objects.filter(by=by, token=token).first()
    if known is not None:
        return known
    require(can_know_person(by, other.pk))
    owners.get_ready([Owner(OwnerKind.MEMBER, by.pk)])  # the key first, the row second
    stop = Stop(by=by, token=token, other=str(other.pk))
    stop.save(force_insert=True)
    doors.ask("contact_stopped", by=by, other=other)
    return stop


@transaction.atomic
def end_stop(*, stop: Stop, by: Any) -> None:
    """Allow contact again from one's own side. Whether the other has stopped it too stays unsaid, and holds."""
    require(can_see_stop(by, stop))
    Stop.objects.filter(pk=stop.pk, by=by).delete()
