"""Data keys: one owner has one key a generation. Made before the first row is sealed, destroyed to make all of it unreadable.

Opened keys are remembered in this process for 20 seconds, so that a page costs at most one question to the database of
keys. Two databases share no commit: a key without rows is harmless and swept, a row without a key cannot come to be. For
that nobody opens a transaction on the database of keys but the functions here, each for itself.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.crypto import envelope, erasures
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import key_named, sealing_keyring
from core.models import DataKey, KeyOwner
from core.routers import KEYS

REMEMBERED_FOR = 20  # seconds
MOST_REMEMBERED = 5_000
#: After this nobody seals with an older generation any more: what is remembered, and the longest request.
SETTLES_IN = timedelta(minutes=5)


class KeyDestroyed(Exception):
    """The owner has left and their key was destroyed: nothing is sealed for them any more."""


class TooSoon(Exception):
    """A generation began a moment ago: other processes may still seal with the one before."""


class Owner(NamedTuple):
    """Whose key it is: a kind (`core.models.OwnerKind`) and the id of that member, pair, caucus, organization, report or pulse."""

    kind: str
    ref: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}"


class Key(NamedTuple):
    """An opened data key and its generation."""

    generation: int
    secret: bytes


_opened: dict[tuple[str, Owner], tuple[float, tuple[Key, ...]]] = {}


def current_key(owner: Owner) -> Key:
    """The key that seals what is written now, made where there is none. Raises KeyDestroyed, KeyMissing or CannotOpen."""
    found = _remembered(owner) or _load(owner) or _make(owner)
    return found[-1]


def key_of(owner: Owner, generation: int) -> bytes:
    """The key of one generation. Raises CannotOpen when there is none (any more), KeyMissing without its wrapping key."""
    found = _remembered(owner) or _load(owner)
    for key in found:
        if key.generation == generation:
            return key.secret
    raise CannotOpen


def is_remembered(owner: Owner) -> bool:
    """Whether this process opened the owner's keys a moment ago, so that `key_of` asks nothing."""
    return _remembered(owner) is not None


def ask_in_vain(owner: Owner) -> None:
    """Ask what `key_of` asks for keys that are not remembered, and open nothing.

    Where somebody may not tell whether there is such an owner, nor whether anybody opened its keys lately, this makes up for
    the questions that were not needed.
    """
    row = _rows([owner]).first()
    list(DataKey.objects.filter(owner__in=[row.pk if row else 0]).order_by("generation"))


def get_ready(owners: Collection[Owner]) -> frozenset[Owner]:
    """Open (and make) the keys of many owners at once, so that sealing or opening for each asks nothing more.

    Gives back those whose key was destroyed or does not open: one of them must not keep the others waiting.
    """
    unknown = [owner for owner in owners if _remembered(owner) is None]
    if not unknown:
        return frozenset()
    known = {Owner(row.kind, row.ref): row for row in _rows(unknown)}
    found = _opened_keys(known)
    for owner in unknown:
        if owner not in known:
            _make(owner)
    return frozenset(owner for owner in known if owner not in found and owner in unknown)


def renew(owner: Owner) -> Key:
    """Begin a new generation: what is written from now on does not open with the older keys."""
    with transaction.atomic(using=_alias()):
        row = KeyOwner.objects.select_for_update().get(kind=owner.kind, ref=owner.ref)
        _refuse_destroyed(row)
        row.generation += 1
        row.renewed_at = timezone.now()
        row.save(update_fields=["generation", "renewed_at"])
        key = _wrapped(row, owner)
    _forget(owner)
    return key


def retire(owner: Owner, *, before: int) -> int:
    """Destroy the keys of generations below `before`, once every row was sealed anew; returns how many went.

    Raises TooSoon while another process may still remember the older key and seal with it.
    """
    row = KeyOwner.objects.get(kind=owner.kind, ref=owner.ref)
    if row.renewed_at is not None and timezone.now() - row.renewed_at < SETTLES_IN:
        raise TooSoon
    gone: int = DataKey.objects.filter(owner=row.pk, generation__lt=before).delete()[0]
    _forget(owner)
    return gone


def destroy(owner: Owner) -> None:
    """Make everything that was sealed for this owner unreadable, now and in every backup of the rows. May be run again.

    The erasure is on the disk first, so that a crash in between cannot bring the key back with a restored backup.
    """
    row = _rows([owner]).first()
    if row is None or row.destroyed_at is None:
        erasures.note(owner.kind, owner.ref)
    _destroy(owner)


def is_destroyed(owner: Owner) -> bool:
    """Whether the owner's keys were destroyed."""
    return _rows([owner]).filter(destroyed_at__isnull=False).exists()


def destroyed_of(kind: str) -> set[UUID]:
    """Whose keys of this kind were destroyed."""
    rows = KeyOwner.objects.filter(kind=kind, destroyed_at__isnull=False)
    return set(rows.values_list("ref", flat=True))


def destroy_again() -> int:
    """Destroy what `erasures` names and a restored backup brought back; returns how many. Every start does it."""
    gone = set(KeyOwner.objects.filter(destroyed_at__isnull=False).values_list("kind", "ref"))
    back = {noted for noted in erasures.noted() if noted not in gone}
    for kind, ref in back:
        _destroy(Owner(kind, ref))
    return len(back)


def _destroy(owner: Owner) -> None:
    with transaction.atomic(using=_alias()):
        KeyOwner.objects.get_or_create(kind=owner.kind, ref=owner.ref)
        row = KeyOwner.objects.select_for_update().get(kind=owner.kind, ref=owner.ref)
        DataKey.objects.filter(owner=row.pk).delete()
        if row.destroyed_at is None:
            row.destroyed_at = timezone.now()
            row.save(update_fields=["destroyed_at"])
    _forget(owner)


def key_names() -> list[str]:
    """The keys of the keyring that data keys are wrapped by."""
    return list(DataKey.objects.values_list("kek", flat=True).distinct())


def first_that_stays_shut() -> str:
    """The name of a wrapping key that does not open what it wrapped, so that it is another key; empty when all open.

    Asks one data key for each name. Raises KeyMissing when the keyring does not hold a name at all.
    """
    for name in key_names():
        row = DataKey.objects.filter(kek=name).order_by("pk").first()
        whose = KeyOwner.objects.filter(pk=row.owner).first() if row else None
        if row is None or whose is None:
            continue
        try:
            _unwrapped(row, Owner(whose.kind, whose.ref))
        except CannotOpen:
            return name
    return ""


def forget() -> None:
    """Forget every opened key of this process."""
    _opened.clear()


def _forget(owner: Owner) -> None:
    _opened.pop((_database(), owner), None)


def _remembered(owner: Owner) -> tuple[Key, ...] | None:
    at, keys = _opened.get((_database(), owner), (0.0, ()))
    return keys if 0 <= time.monotonic() - at < REMEMBERED_FOR and keys else None


def _remember(owner: Owner, keys: tuple[Key, ...]) -> None:
    if len(_opened) > MOST_REMEMBERED:
        _opened.clear()
    _opened[(_database(), owner)] = (time.monotonic(), keys)


def _load(owner: Owner) -> tuple[Key, ...]:
    """The opened keys of an owner, the oldest first; empty where none was made. Raises KeyDestroyed or CannotOpen."""
    row = _rows([owner]).first()
    if row is None:
        return ()
    _refuse_destroyed(row)
    keys = _opened_keys({owner: row}).get(owner)
    if keys is None:
        raise CannotOpen
    return keys


def _opened_keys(rows: dict[Owner, KeyOwner]) -> dict[Owner, tuple[Key, ...]]:
    """The opened keys of these owners in one question, remembered; without those of whom one does not open."""
    whose = {row.pk: owner for owner, row in rows.items() if row.destroyed_at is None}
    found: dict[Owner, tuple[Key, ...]] = {}
    shut: set[Owner] = set()
    for data_key in DataKey.objects.filter(owner__in=whose).order_by("generation"):
        owner = whose[data_key.owner]
        try:
            key = Key(data_key.generation, _unwrapped(data_key, owner))
        except CannotOpen:
            shut.add(owner)
        else:
            found[owner] = (*found.get(owner, ()), key)
    opened = {owner: keys for owner, keys in found.items() if owner not in shut}
    for owner, keys in opened.items():
        _remember(owner, keys)
    return opened


def _rows(owners: Collection[Owner]) -> QuerySet[KeyOwner]:
    kinds = {owner.kind for owner in owners}
    wanted = {owner.ref for owner in owners}
    return KeyOwner.objects.filter(kind__in=kinds, ref__in=wanted)


def _make(owner: Owner) -> tuple[Key, ...]:
    """The first key of an owner. Of several that ask at once all get the same.

    The owner's row is written before the keyring is looked at: a rotation that retires a key holds that table meanwhile.
    """
    with transaction.atomic(using=_alias()):
        row, new = KeyOwner.objects.get_or_create(kind=owner.kind, ref=owner.ref)
        if new:
            keys: tuple[Key, ...] = (_wrapped(row, owner),)
    if not new:
        return _load(
            owner
        )  # raises where its owner's row alone was left, which only a hand in the database can do
    _remember(owner, keys)
    return keys


def _wrapped(row: KeyOwner, owner: Owner) -> Key:
    ring = sealing_keyring()
    key = Key(row.generation, envelope.new_key())
    DataKey.objects.create(
        owner=row.pk,
        generation=key.generation,
        kek=ring.current,
        wrapped=envelope.wrap(
            key.secret,
            owner=str(owner),
            generation=key.generation,
            by=ring.keys[ring.current],
            name=ring.current,
        ),
    )
    return key


def _unwrapped(row: DataKey, owner: Owner) -> bytes:
    return envelope.unwrap(
        bytes(row.wrapped),
        owner=str(owner),
        generation=row.generation,
        by=key_named(row.kek),
        name=row.kek,
    )


def _refuse_destroyed(row: KeyOwner) -> None:
    if row.destroyed_at is not None:
        raise KeyDestroyed


def _alias() -> str:
    return KEYS  # said here, since the router is asked for every value that is opened


def _database() -> str:
    return str(connections[_alias()].settings_dict["NAME"])
