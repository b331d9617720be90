"""Which code this is, and which migrations the databases have seen."""

from __future__ import annotations

from django.db import connections
from django.db.migrations.loader import MigrationLoader

from core.version import running, version


def code() -> str:
    """The version of the project, and the stamp of the files that run."""
    return f"{version()} {running()}"


def applied(alias: str) -> list[str]:
    """The migrations that a database has seen, by name."""
    loader = MigrationLoader(connections[alias], ignore_no_migrations=True)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def unknown(names: list[str]) -> list[str]:
    """Which of these migrations this code does not know: a newer one made them."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = {f"{app}.{name}" for one in loader.disk_migrations.values() for app, name in one.replaces}  # fmt: skip
    return sorted(set(names) - known - replaced)
