"""One preparation at a time, on however many machines: two would change the same tables at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections

#: Ours among the locks that programs ask this database for.
LOCK = 0x10DE57A2


@contextmanager
def alone(say: Callable[[str], object]) -> Iterator[None]:
    """Wait for another machine that prepares this database. On SQLite there is one machine, which starts once (`serve.lock`).

    The lock ends with its connection, so a machine that dies holds nobody up. Raises django.db.Error.
    """
    if connections["default"].vendor != "postgresql":
        yield
        return
    own = connections["default"].copy()  # which nothing that is done meanwhile closes
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                say("Another machine prepares the database. Waiting until it is done …")
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    finally:
        own.close()
