"""What deleting leaves behind in SQLite's own files, taken away each night (threats A12).

Deleted rows are overwritten where they stood (`secure_delete`), but older pages of them wait in the write-ahead log until it is
brought into the database and emptied, and the search index keeps deleted words until its parts are put together.
"""

from __future__ import annotations

from django.db import connections

#: Pages of a part of the index that are put together at once.
ALL = "optimize"


def remove() -> int:
    """Put the search index together and empty the write-ahead logs; returns how many databases. PostgreSQL does so by itself."""
    done = 0
    for alias in connections:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            for table in _indexes(alias):
                cursor.execute(f'INSERT INTO "{table}"("{table}") VALUES (%s)', [ALL])  # noqa: S608 (a name from SQLite's own list)
            if not connection.in_atomic_block:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        done += 1
    return done


def _indexes(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%%USING fts5%%'"
        )
        return [name for (name,) in cursor.fetchall()]
