"""A caucus ends with its last member: the rows first, the key when they are gone for good."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from caucuses.chores import guarded
from caucuses.models import Caucus, Ended
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind


def end_caucus(caucus: Caucus) -> None:
    """Delete the rows, and destroy the key as soon as they are gone: were it destroyed first and the rows stayed, nobody
    could enter or leave what is left. What a crash leaves of it in between, `end_broken_rooms` does."""
    Ended.objects.get_or_create(pk=caucus.pk)
    Caucus.objects.filter(pk=caucus.pk).delete()
    transaction.on_commit(partial(_destroy, caucus.pk), robust=True)


def end_broken_rooms() -> int:
    """Destroy keys whose room has ended, and delete rooms whose key is destroyed, as a restored backup brings them back.

    A room that is merely not there ends nothing: it may be another database, or an older one.
    """
    ended = list(Ended.objects.values_list("pk", flat=True))
    gone = sum(guarded(partial(_destroy, ref)) for ref in ended)
    dead = owners.destroyed_of(OwnerKind.CAUCUS)
    here = set(Caucus.objects.values_list("pk", flat=True))
    return gone + sum(guarded(partial(_delete, ref)) for ref in dead & here)


def _destroy(caucus_id: UUID) -> int:
    owners.destroy(Owner(OwnerKind.CAUCUS, caucus_id))
    Ended.objects.filter(pk=caucus_id).delete()
    return 1


def _delete(caucus_id: UUID) -> int:
    Caucus.objects.filter(pk=caucus_id).delete()
    return 1
