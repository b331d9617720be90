"""Whether a database fits the code: migrated as far as this code needs, and not by a newer one.

Which migrations a database has seen is one query. When each has a file here and each file was seen, it fits, and no file has to
be read; only otherwise are the files themselves asked, which takes a moment.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.routers import APPS_OF_KEYS, migration_targets

Steps = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Fit:
    """How a database stands to this code: `is_behind` it, or holding steps of a newer version (`newer`, by name)."""

    is_behind: bool = False
    newer: tuple[str, ...] = ()


def fit_of(alias: str) -> Fit:
    """How the database of this alias stands. Raises django.db.Error when it does not answer."""
    seen = frozenset(MigrationRecorder(connections[alias]).applied_migrations())
    files = _files()
    needed = {step for step in files if alias != "keys" or step[0] in APPS_OF_KEYS}
    return Fit() if needed <= seen <= files else _compared(alias, seen)


@lru_cache(maxsize=1)
def _files() -> Steps:
    """The names of all migrations of this code, from the names of their files."""
    found = set()
    for app in apps.get_app_configs():
        package, _given = MigrationLoader.migrations_module(app.label)
        try:
            folders = import_module(package or "").__path__
        except (ModuleNotFoundError, ValueError):  # an app without tables
            continue
        names = (module.name for module in pkgutil.iter_modules(folders) if not module.ispkg)
        found |= {(app.label, name) for name in names if name[0] not in "_~"}
    return frozenset(found)


@lru_cache(maxsize=8)
def _compared(alias: str, seen: Steps) -> Fit:
    """The same from the files themselves, which know what they stand for and what comes before them."""
    loader = MigrationLoader(connections[alias], ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(migration.replaces)
    needed = {
        step
        for target in migration_targets(loader, alias)
        for step in loader.graph.forwards_plan(target)
    }
    newer = sorted(f"{app}.{name}" for app, name in seen - known)
    return Fit(bool(needed - set(loader.applied_migrations)), tuple(newer))
