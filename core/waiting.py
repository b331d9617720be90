"""Waiting for one another without touching a row: what would name somebody must not be locked beside what must not.

On PostgreSQL a row that is locked keeps the number of the transaction which locked it, for everybody who reads the table; a
lock of the server's own memory keeps nothing. On SQLite there is one writer at a time, and every transaction begins as one.
"""

from __future__ import annotations

from hashlib import sha256

from django.db import connection


def wait_for(name: str) -> None:
    """Let no other transaction that waits for this name go on until this one ends. Called inside a transaction."""
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
