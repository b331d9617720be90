"""The secrets of all rooms at once, for the pages that look a member up in every one of them.

An opened secret is remembered as long as its key is (`core.crypto.owners`, 20 seconds): it counts only beside the very key that
opened it and the very value that it was opened from, so that what was destroyed or damaged opens here no longer than elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

from caucuses.models import Caucus
from core.crypto import alerts, envelope, owners
from core.crypto.envelope import CannotOpen
from core.crypto.fields import EncryptedTextField, Sealed
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed, Owner
from core.models import OwnerKind

_remembered: dict[UUID, tuple[float, bytes, bytes, str]] = {}


def secrets_of_all() -> dict[UUID, str]:
    """The secret of every caucus by its id, in the same questions for everybody; without those that do not open."""
    rows = list(Caucus.objects.values_list("pk", "secret"))
    owners.get_ready([Owner(OwnerKind.CAUCUS, pk) for pk, _sealed in rows])
    return dict(_opened(rows))


def _opened(rows: Iterable[tuple[UUID, Sealed]]) -> Iterable[tuple[UUID, str]]:
    if len(_remembered) > owners.MOST_REMEMBERED:
        _remembered.clear()
    for pk, sealed in rows:
        try:
            yield pk, _secret(pk, sealed.value)
        except (CannotOpen, KeyMissing, KeyDestroyed):
            alerts.could_not_open(Caucus)


def _secret(pk: UUID, value: bytes) -> str:
    owner, now = Owner(OwnerKind.CAUCUS, pk), time.monotonic()
    key = owners.key_of(owner, envelope.generation_of(value))
    at, from_value, by, secret = _remembered.get(pk, (0.0, b"", b"", ""))
    if from_value == value and by is key and 0 <= now - at < owners.REMEMBERED_FOR:
        return secret
    field = Caucus._meta.get_field("secret")
    assert isinstance(field, EncryptedTextField)  # noqa: S101 (for the type checker)
    secret = str(field.open_of(value, row=pk, owner=owner))
    _remembered[pk] = (now, value, key, secret)
    return secret
