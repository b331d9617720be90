"""The night's look at the installation: are the databases sound, does the keyring open them, is there a good backup?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connections
from django.db.utils import DatabaseError

from core.crypto.keyring import KeyMissing, names_missing
from core.crypto.owners import first_that_stays_shut, key_names
from operations.backups import manifest, places, state
from operations.backups.refusing import Refused

log = logging.getLogger("lodestar.worker")

#: Which alarm tells of what is not well.
ALARMS = {"database": "sign", "keyring": "keyring", "backup": "backup"}


def look(now: datetime) -> list[str]:
    """Look at everything, and note what is not well; returns the names of that. Raises OSError when it cannot be noted."""
    found = [name for name, is_well in _looks(now) if not is_well()]
    state.note_check(now, found)
    return found


def _looks(now: datetime) -> Iterator[tuple[str, Callable[[], bool]]]:
    yield "database", is_sound
    yield "keyring", opens
    yield "backup", lambda: has_good_backup(now)


def is_sound() -> bool:
    """Whether SQLite finds nothing wrong in its files. PostgreSQL is its keeper's to look after; it is read by every backup."""
    for alias in connections:
        if connections[alias].vendor != "sqlite":
            continue
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA quick_check(1)")
                if cursor.fetchone() != ("ok",):
                    return False
        except DatabaseError:
            return False
    return True


def opens() -> bool:
    """Whether the keyring holds every key that data keys are wrapped by, and these open."""
    try:
        return not names_missing(key_names()) and not first_that_stays_shut()
    except KeyMissing:
        return False


def has_good_backup(now: datetime) -> bool:
    """Whether the last set is of this night and reads as it was written. One that does not is linked to by no later one."""
    newest = next(reversed(places.whole_sets(places.home())), None)
    if newest is None:
        return not state.is_overdue(now)
    try:
        manifest.verify(newest, manifest.read(newest))
    except Refused as problem:
        log.error("The last backup, %s, is not good: %s", newest.name, problem)
        state.note(damaged=newest.name)
        return False
    return not state.is_overdue(now)
