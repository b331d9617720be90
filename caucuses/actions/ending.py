"""A caucus ends with its last member: the rows first, the key when they are gone for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.models import User
from caucuses.chores import guarded
from caucuses.models import Caucus
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind

#: A room that is being opened has its key before its row: no key younger than this is without a room.
A_WHILE = timedelta(hours=1)


def end_caucus(caucus: Caucus) -> None:
    """Delete the rows, and destroy the key as soon as they are gone: were it destroyed first and the rows stayed, nobody
    could enter or leave what is left. A crash in between is healed by `end_broken_rooms`."""
    Caucus.objects.filter(pk=caucus.pk).delete()
    transaction.on_commit(partial(_destroy, caucus.pk), robust=True)


def end_broken_rooms(*, now: datetime) -> int:
    """Destroy keys whose room is gone, and delete rooms whose key is destroyed, as a restored backup brings them back.

    Where there is no member at all it does nothing: that is no site whose rooms went, it is a database that is being restored.
    """
    if not User.objects.exists():
        return 0
    living = owners.refs_of(OwnerKind.CAUCUS, destroyed=False, made_before=now - A_WHILE)
    dead = owners.refs_of(OwnerKind.CAUCUS, destroyed=True)
    here = set(Caucus.objects.values_list("pk", flat=True))
    gone = sum(guarded(partial(_destroy, ref)) for ref in living - here)
    return gone + sum(guarded(partial(_delete, ref)) for ref in dead & here)


def _destroy(caucus_id: UUID) -> int:
    owners.destroy(Owner(OwnerKind.CAUCUS, caucus_id))
    return 1


def _delete(caucus_id: UUID) -> int:
    Caucus.objects.filter(pk=caucus_id).delete()
    return 1
