"""Which code this is, and which migrations the databases have seen."""

from __future__ import annotations

import subprocess
import tomllib

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader


def code() -> str:
    """The version of the project, and the commit where the folder is a clone."""
    with (settings.ROOT / "pyproject.toml").open("rb") as file:
        number = str(tomllib.load(file)["project"]["version"])
    try:
        said = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=settings.ROOT, capture_output=True, text=True, check=True  # noqa: S607
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return number
    return f"{number} {said.stdout.strip()}"


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
