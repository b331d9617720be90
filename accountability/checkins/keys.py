"""Keys that do not open: which they are, so that one damaged pair or member keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from core.crypto import owners
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed, Owner
from core.models import OwnerKind

#: What the kernel raises where something cannot be opened or sealed.
SHUT = (CannotOpen, KeyMissing, KeyDestroyed)


def shut_among(wanted: Collection[Owner]) -> frozenset[Owner]:
    """Open the keys of these owners, and give back those whose key does not open. Raises nothing for any of them."""
    try:
        return owners.get_ready(wanted)
    except SHUT:
        if len(wanted) == 1:
            return frozenset(wanted)
        return frozenset[Owner]().union(*(shut_among([one]) for one in wanted))


def pair_is_shut(pair_id: UUID) -> bool:
    """Whether what this pair shares can neither be opened nor added to now."""
    return bool(shut_among([Owner(OwnerKind.PAIR, pair_id)]))
