"""What may be left out, and what STRICT=1 counts as failed when it is."""

from __future__ import annotations

import os
import re
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


def all_on_postgres() -> bool:
    """Whether this pass tells every story of a database again (`make long`), not only those that may differ."""
    return os.environ.get("LODESTAR_ALL_ON_POSTGRES") == "1"


#: Words by which a file of stories is seen to be about what a database itself does.
OF_THE_DATABASE = re.compile(
    r"IntegrityError|\batomic\b|select_for_update|\.cursor\(|\bvendor\b|postgres", re.IGNORECASE
)


def may_differ(marks: Collection[str], source: str, *, commits: bool, first: bool) -> bool:
    """Whether `make test` tells a story on PostgreSQL, too: it commits, its file is about the database, or is first in its file.

    That every page opens on PostgreSQL is told by the first of each file; that all stories hold there by `make long`.
    """
    return commits or first or "postgres" in marks or bool(OF_THE_DATABASE.search(source))
