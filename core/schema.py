"""Whether a database fits the code: migrated as far as this code needs, and not by a newer one.

Which migrations a database has seen is one query; it is compared with the files of this code only when it has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.routers import migration_targets

Seen = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Fit:
    """How a database stands to this code: `is_behind` it, or holding steps of a newer version (`newer`, by name)."""

    is_behind: bool
    newer: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Whether it is neither."""
        return not self.is_behind and not self.newer


def fit_of(alias: str) -> Fit:
    """How the database of this alias stands. Raises django.db.Error when it does not answer."""
    return _compared(alias, frozenset(MigrationRecorder(connections[alias]).applied_migrations()))


@lru_cache(maxsize=8)
def _compared(alias: str, seen: Seen) -> Fit:
    loader = MigrationLoader(connections[alias], ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    needed = {
        step
        for target in migration_targets(loader, alias)
        for step in loader.graph.forwards_plan(target)
    }
    newer = sorted(f"{app}.{name}" for app, name in seen - known)
    return Fit(bool(needed - set(loader.applied_migrations)), tuple(newer))
