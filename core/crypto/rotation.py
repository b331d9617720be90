"""Changing the key that wraps: a new one is added, every data key is wrapped anew in batches, the old ones are retired.

Private text itself is not touched. Killed at any moment, it goes on where it was: each batch is one transaction, both
keys are in the keyring until nothing needs the old one, and the keyring's file is replaced whole.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connections, router, transaction
from django.utils import timezone

from config.settings import keyring
from config.settings.keyring import KEY_BYTES, Keyring
from core.crypto import envelope
from core.crypto.keyring import KeyMissing, key_named, sealing_keyring
from core.models import DataKey, KeyOwner

BATCH = 500


class Busy(Exception):
    """Another rotation is at work."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of rotations, a file beside the keyring that goes with its process. Raises Busy, or OSError.

    Two at once could each take the other's key out of the keyring.
    """
    path = Path(settings.ERASURES_FILE).with_name("rotation.lock")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def begin(*, today: date | None = None) -> str:
    """Add a new key to the keyring's file and make it current; returns its name. One that waits is gone on with.

    A rotation that was broken off left data keys under an older key: then nothing is added. Raises OSError.
    """
    ring = sealing_keyring()
    if outdated_count():
        return ring.current
    name = _new_name(today or timezone.localdate())
    keys = {**ring.keys, name: secrets.token_bytes(KEY_BYTES)}
    keyring.write(_file(), Keyring(name, keys), replace=True)
    return name


def outdated_count() -> int:
    """How many data keys are wrapped by another key than the current one."""
    return DataKey.objects.exclude(kek=sealing_keyring().current).count()


def wrap_anew(progress: Callable[[int], None] = lambda _done: None) -> int:
    """Wrap every data key by the current key; returns how many. Raises KeyMissing or CannotOpen, and keeps what is done."""
    done = 0
    while batch := _wrap_batch():
        done += batch
        progress(done)
    return done


def retire() -> list[str]:
    """Take the keys that nothing needs any more out of the keyring's file; returns their names. Raises OSError.

    Nobody can make a data key while it is looked and replaced: the table of owners is held (owners._make).
    """
    while True:
        wrap_anew()  # what another process made under the old key meanwhile; committed before the file changes
        with transaction.atomic(using=_alias()):
            _hold_owners()
            if not outdated_count():
                return _keep_current_alone()


def _keep_current_alone() -> list[str]:
    ring = sealing_keyring()
    old = sorted(set(ring.keys) - {ring.current})
    if old:
        only = Keyring(ring.current, {ring.current: ring.keys[ring.current]})
        keyring.write(_file(), only, replace=True)
    return old


def _wrap_batch() -> int:
    with transaction.atomic(using=_alias()):
        ring = sealing_keyring()
        rows = list(
            DataKey.objects.exclude(kek=ring.current).order_by("pk").select_for_update()[:BATCH]
        )
        whose = {row.pk: row for row in KeyOwner.objects.filter(pk__in={r.owner for r in rows})}
        for row in rows:
            _wrap(row, whose[row.owner], ring)
        DataKey.objects.bulk_update(rows, ["kek", "wrapped"])
    return len(rows)


def _wrap(row: DataKey, whose: KeyOwner, ring: Keyring) -> None:
    owner = f"{whose.kind}:{whose.ref}"
    secret = envelope.unwrap(
        bytes(row.wrapped),
        owner=owner,
        generation=row.generation,
        by=key_named(row.kek),
        name=row.kek,
    )
    row.kek = ring.current
    row.wrapped = envelope.wrap(
        secret,
        owner=owner,
        generation=row.generation,
        by=ring.keys[ring.current],
        name=ring.current,
    )


def _hold_owners() -> None:
    """SQLite's transaction holds the whole database already; PostgreSQL's one table is held against new rows."""
    connection = connections[_alias()]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{KeyOwner._meta.db_table}" IN SHARE MODE')


def _file() -> Path:
    if settings.FIELD_KEYS_FILE is None:
        raise KeyMissing("The keyring is in FIELD_KEYS, which only its keeper can change.")
    return settings.FIELD_KEYS_FILE


def _new_name(today: date) -> str:
    """`k`, the day and four random digits: a name stands for one key, whatever was done twice on one day."""
    return f"k{today:%Y%m%d}-{secrets.token_hex(2)}"


def _alias() -> str:
    return router.db_for_write(DataKey)
