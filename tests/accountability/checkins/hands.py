"""Hands in the database of keys, and acts at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connections

from core.crypto import owners
from core.crypto.owners import Owner
from core.models import DataKey, KeyOwner, OwnerKind


def damage_key(kind: OwnerKind, ref: Any) -> Callable[[], None]:
    """Damage the key of this pair or member, as every process sees it at once; gives back how to put it right."""
    row = DataKey.objects.get(owner=KeyOwner.objects.get(kind=kind, ref=ref).pk)
    whole = bytes(row.wrapped)

    def put(value: bytes) -> None:
        DataKey.objects.filter(pk=row.pk).update(wrapped=value)
        owners.forget()

    put(whole[:-1] + bytes([whole[-1] ^ 1]))
    cache.clear()  # an alarm of a story before would be the one of today
    return lambda: put(whole)


def lose_key(kind: OwnerKind, ref: Any) -> None:
    """Wrap the key of this pair or member by one that the keyring does not hold."""
    owner = KeyOwner.objects.get(kind=kind, ref=ref)
    DataKey.objects.filter(owner=owner.pk).update(kek="2019-01-01")
    owners.forget()


def destroy_key(kind: OwnerKind, ref: Any) -> None:
    """Destroy it, as when a pair went or a member left, with the rows still there."""
    owners.destroy(Owner(kind, ref))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Every act in a thread of its own, begun together; what each gave or raised, in their order."""
    outcomes: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait()
            outcomes[number] = act()
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
