"""What may be left out, and what STRICT=1 counts as failed when it is."""

from __future__ import annotations

import os
from collections.abc import Collection


def on_postgres() -> bool:
    """Whether this pass runs on PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def skipping_is_failing(marks: Collection[str], *, postgres: bool) -> bool:
    """Whether a story with these marks must run: the browser's always, PostgreSQL's in its own pass, a host's never."""
    return "browser" in marks or ("postgres" in marks and postgres)


#: What lets a story at a database; without one of them pytest-django refuses each query.
DATABASE = frozenset(("db", "transactional_db", "django_db_setup"))


def is_the_same_everywhere(marks: Collection[str], fixtures: Collection[str]) -> bool:
    """Whether a story comes near no database, so that being told on SQLite is being told."""
    return not DATABASE.intersection(fixtures) and not {"django_db", "postgres"}.intersection(marks)
