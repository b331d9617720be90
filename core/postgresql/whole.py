"""Nobody works with a database into which a backup is being brought back, nor with half of one: each connection asks when it is made.

On one machine a lock of the file system keeps the site and a restore apart. Machines that share a database share no file, so a lock
of the database does it there: all connections hold it together, and who brings a backup back holds it alone. A restore that was
interrupted leaves a table behind, which is there until the same command has finished it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors

#: Ours among the locks that programs ask this database for; another than that of one preparation at a time.
LOCK = 0x10DE57A3
#: The table that says that what stands in this database is half of a backup.
UNFINISHED = "unfinished_restore"
ASK = f"SELECT pg_try_advisory_lock_shared(%s), to_regclass('{UNFINISHED}') IS NOT NULL"
BUSY = "a backup is being brought back into it; wait until that has ended, on the machine where it was begun"
HALF = (
    "a backup was being brought back into it, and that was interrupted; type the same restore again on the machine where it was "
    "begun, or, if that machine is gone, restore a backup on another one"
)

_restoring = {"here": False}  # of this process


def enter(connection: psycopg.Connection[Any]) -> None:
    """Hold the lock with all others for as long as this connection lives. Closes it and raises OperationalError where nobody may."""
    if _restoring["here"]:
        return
    asked_for = connection.autocommit
    try:
        connection.autocommit = True  # nothing but one question on the line
        with connection.cursor() as cursor:
            mine, half = cursor.execute(ASK, [LOCK]).fetchone() or (False, False)
        connection.autocommit = asked_for
    except psycopg.Error:
        connection.close()
        raise
    if half or not mine:
        connection.close()
        raise errors.OperationalError(HALF if mine else BUSY)


def ask_once(database: Any) -> None:
    """Connect beside the pool of this wrapper, which keeps to itself why it makes no connection. Raises django.db.OperationalError with the reason."""
    with database.wrap_database_errors:
        database.Database.connect(**database.get_connection_params()).close()


def leave(connection: psycopg.Connection[Any]) -> None:
    """Let go of the lock on a connection of the process that wants to hold it alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [LOCK])


@contextmanager
def bringing_back() -> Iterator[None]:
    """In this process connections are made without asking: it is the one that brings the backup back."""
    _restoring["here"] = True
    try:
        yield
    finally:
        _restoring["here"] = False
