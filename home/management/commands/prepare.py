"""`prepare`: brings databases and files up to date before a start, in one process and only where something is to do."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from core.routers import APPS_OF_KEYS, migration_targets

STAMPS = settings.VAR / "run" / "prepared.json"


class Command(BaseCommand):
    """Check, migrate, load and collect. Safe to run at every start."""

    help = "Bring databases and files up to date before a start."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration; checks cost a second here)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare everything. Raises CommandError with a sentence when that cannot be done."""
        try:
            fresh = [alias for alias in connections if self._migrate(alias)]
        except DatabaseError as problem:
            raise CommandError(
                f"The database cannot be used: {str(problem).strip()}. It was left as it is. "
                "Restore a backup, or move the file away to start with an empty one."
            ) from None
        if fresh:
            call_command("createcachetable")
        stamps = {} if "default" in fresh else _read_stamps()
        self._load(stamps)
        self._collect(stamps)
        STAMPS.parent.mkdir(parents=True, exist_ok=True)
        STAMPS.write_text(json.dumps(stamps))

    def _migrate(self, alias: str) -> bool:
        """Migrate one database when something is pending; says whether there was."""
        executor = MigrationExecutor(connections[alias])
        known = set(executor.loader.disk_migrations)
        newer = sorted(
            f"{app}.{name}"
            for app, name in executor.loader.applied_migrations
            if (app, name) not in known
        )
        if newer:
            raise CommandError(
                f"The database was written by a newer version of Lodestar (it knows {newer[0]}). It was left as it "
                "is. Use that version, or restore a backup made before it."
            )
        if not executor.migration_plan(migration_targets(executor.loader, alias)):
            return False
        self.stdout.write(f"Setting up the database ({alias}) …")
        for app in sorted(APPS_OF_KEYS) if alias == "keys" else [None]:
            where = {"app_label": app} if app else {}
            call_command("migrate", database=alias, interactive=False, verbosity=0, **where)
        return True

    def _load(self, stamps: dict[str, str]) -> None:
        starter = _digest(
            settings.ROOT.glob("curriculum/starter/**/*"), settings.ROOT.glob("curriculum/**/*.py")
        )
        if stamps.get("starter") != starter:
            self.stdout.write("Loading the starter curriculum and the glossary …")
            _call("load_curriculum")
            stamps["starter"] = starter
        wanted = settings.DEMO or settings.DEBUG
        if wanted and os.environ.get("DEMO", "1") != "0" and "demo" not in stamps:
            self.stdout.write("Loading the demonstration initiative …")
            _call("load_demo")
            stamps["demo"] = "loaded"

    def _collect(self, stamps: dict[str, str]) -> None:
        if settings.DEBUG:
            return
        files = _digest(settings.ROOT.glob("static/**/*"), [settings.ROOT / "requirements.txt"])
        if (
            stamps.get("static") != files
            or not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
        ):
            self.stdout.write("Collecting style sheets, scripts and pictures …")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamps["static"] = files


def _read_stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text()))
    except (OSError, ValueError):
        return {}


def _call(command: str) -> None:
    try:
        call_command(command)
    except SystemExit as end:  # exit status 2 is these commands' way to say that nothing was to do
        if end.code != 2:
            raise


def _digest(*groups: Iterable[Path]) -> str:
    found = sha256()
    for group in groups:
        for path in sorted(group):
            if path.is_file():
                found.update(str(path).encode() + path.read_bytes())
    return found.hexdigest()
