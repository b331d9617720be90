"""What a seat is called in the room, where the name may be damaged or its member gone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from caucuses.models import Seat
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing


def name_of(seat: Seat | None) -> str:
    """The name its member chose; plain words where there is nobody any more, or where it cannot be opened."""
    if seat is None:
        return _("a former member")
    try:
        return str(seat.name)
    except (CannotOpen, KeyMissing):
        alerts.could_not_open(seat)
        return _("a member whose name cannot be opened")
