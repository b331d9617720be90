"""Everything in a caucus that must not happen twice at once waits for its row, and reads again what it goes by."""

from __future__ import annotations

from uuid import UUID

from caucuses.models import Caucus, Seat
from core.access import require


def hold_caucus(seat: Seat) -> Seat:
    """Hold the caucus of this seat until the transaction ends, and give back seat and caucus as they stand now.

    Raises PermissionDenied when the seat has gone meanwhile: its member was removed or has left.
    """
    caucus = hold_room(seat.caucus_id)
    now = Seat.objects.filter(pk=seat.pk).first()
    require(caucus is not None and now is not None)
    assert caucus is not None and now is not None  # noqa: PT018, S101 (for the type checker)
    now.caucus = caucus
    return now


def hold_room(caucus_id: UUID) -> Caucus | None:
    """Hold a caucus by its id, for what no seat does; None when it has gone."""
    return Caucus.objects.select_for_update(no_key=True).filter(pk=caucus_id).first()
