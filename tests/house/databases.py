"""Test databases as copies of one that was migrated and filled once.

A migrated Wagtail takes twenty seconds; a copy of it takes none. The original is named by a digest of everything that goes
into it (migrations, starter curriculum, demonstration, their code), so that it is made again exactly when one of them changes.
SQLite originals stay under var/test/; PostgreSQL originals live as long as their throw-away server. The files that belong to
the rows (pictures, recordings) are kept beside them, and each run has its own copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.house.starter import two_modules

ALIASES = ("default", "keys")
MIGRATIONS = ("*/migrations/*.py", "*/*/migrations/*.py", "requirements.txt")
INGREDIENTS = (
    *MIGRATIONS,
    "curriculum/starter/**/*",
    "curriculum/loader/*.py",
    "curriculum/redlining/*.py",
    "curriculum/glossary/loading.py",
    "curriculum/models/*.py",
    "curriculum/blocks/*.py",
    "curriculum/cms_access.py",
    "accountability/journal/starter/*",
    "accountability/journal/loading.py",
    "accountability/journal/cms_access.py",
    "home/demo/*.py",
    "core/text*",
    "core/uploads/*.py",
    "tests/house/starter.py",
)


def digest(ingredients: tuple[str, ...] = INGREDIENTS) -> str:
    """Sixteen digits that change when anything that goes into the original changes."""
    found = hashlib.sha256()
    for pattern in ingredients:
        for path in sorted(settings.ROOT.glob(pattern)):
            if path.is_file():
                found.update(
                    path.relative_to(settings.ROOT).as_posix().encode() + b"\0" + path.read_bytes()
                )
    return found.hexdigest()[:16]


def is_sqlite() -> bool:
    """Whether this run is on SQLite (else PostgreSQL)."""
    return connections["default"].vendor == "sqlite"


class Copies:
    """The databases of one worker, copied from the original and copied again after a test that committed."""

    def __init__(self, worker: str) -> None:
        # Two runs at once, in two terminals, must not take each other's copies.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
        self.worker = f"{worker}_{run}"
        self.generation = 0
        self.home = settings.VAR / "test"
        self.home.mkdir(parents=True, exist_ok=True)
        self.original = f"lodestar_original_{digest()}"
        if not is_sqlite():
            # A throw-away server is new each time; its port or folder tells it from the last one.
            server = str(settings.DATABASES["default"].get("OPTIONS", "")) + str(
                settings.DATABASES["default"]["HOST"]
            )
            self.original += "_" + hashlib.sha256(server.encode()).hexdigest()[:6]
        self.admin = {alias: dict(connections.settings[alias]) for alias in ALIASES}

    def make(self) -> None:
        """Make the original where it is missing, then this worker's copies of it."""
        self.make_original()
        shutil.copytree(self._files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        self.restore()

    def make_original(self) -> None:
        """Make the original where it is missing."""
        with self._lock():
            if not self._original_exists():
                self._make_original()

    def restore(self) -> None:
        """Put fresh copies in place of whatever the last test left.

        Under a new name: a thread of the live site may still hold the old file, and what it writes when it
        lets go must not reach the new one.
        """
        self.drop()
        self.generation += 1
        for alias in ALIASES:
            name = self._copy_name(alias)
            (self._copy_file if is_sqlite() else self._copy_database)(alias, name)
            self._point(alias, name)

    def restore_empty(self) -> None:
        """Put copies in place that hold the tables and nobody, as a first start finds them. On SQLite alone."""
        self.restore()
        for alias in ALIASES:
            connections[alias].close()
            name = self._copy_name(alias)
            shutil.copyfile(self._migrated(alias), name)

    def drop(self) -> None:
        """Remove this worker's copies."""
        for alias in ALIASES:
            connections[alias].close()
            name = self._copy_name(alias)
            if is_sqlite():
                for tail in ("", "-wal", "-shm"):
                    Path(name + tail).unlink(missing_ok=True)
            else:
                self._sql(alias, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _name(self, tail: str) -> str:
        return str(self.home / f"{tail}.sqlite3") if is_sqlite() else f"lodestar_{tail}"

    def _copy_name(self, alias: str) -> str:
        return self._name(f"{self.worker}_{self.generation}_{alias}")

    def _point(self, alias: str, name: str) -> None:
        settings.DATABASES[alias]["NAME"] = name
        connections.settings[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name

    def _copy_file(self, alias: str, name: str) -> None:
        for tail in ("-wal", "-shm"):
            Path(name + tail).unlink(missing_ok=True)
        shutil.copyfile(self.home / f"{self.original}_{alias}.sqlite3", name)

    def _copy_database(self, alias: str, name: str) -> None:
        self._sql(alias, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._sql(alias, f'CREATE DATABASE "{name}" TEMPLATE "{self.original}_{alias}"')

    def _original_exists(self) -> bool:
        if is_sqlite():
            files = (self.home / f"{self.original}_{alias}.sqlite3" for alias in ALIASES)
            return self._files.is_dir() and all(file.exists() for file in files)
        rows = self._sql(
            "keys", f"SELECT 1 FROM pg_database WHERE datname = '{self.original}_done'"
        )
        return bool(rows)

    def _make_original(self) -> None:
        if is_sqlite():
            outdated = set(self.home.glob("*.kept")) - {self._migrated(alias) for alias in ALIASES}
            for old in (*self.home.glob("lodestar_original_*"), *outdated, *self._forgotten()):
                shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        for alias in ALIASES:
            name = f"{self.original}_{alias}"
            if is_sqlite():
                making = self.home / f"{name}.making"
                making.unlink(missing_ok=True)
                if self._migrated(alias).exists():  # most changes are none of the tables
                    shutil.copyfile(self._migrated(alias), making)
                self._point(alias, str(making))
            else:
                self._sql(alias, f'CREATE DATABASE "{name}"')
                self._point(alias, name)
            only = ["core"] if alias == "keys" else []  # the other apps have no table there
            call_command("migrate", *only, database=alias, verbosity=0)
            if is_sqlite():
                self._settle(making)
                connections[alias].close()
                shutil.copyfile(making, self._migrated(alias))
        fill()
        shutil.rmtree(self._files, ignore_errors=True)
        shutil.copytree(settings.MEDIA_ROOT, self._files)
        for alias in ALIASES:
            connections[alias].close()
            if is_sqlite():
                making = self.home / f"{self.original}_{alias}.making"
                self._settle(making)
                making.rename(self.home / f"{self.original}_{alias}.sqlite3")
        if not is_sqlite():
            self._sql("keys", f'CREATE DATABASE "{self.original}_done"')

    @property
    def _files(self) -> Path:
        return self.home / f"{self.original}_media"

    def _migrated(self, alias: str) -> Path:
        return self.home / f"lodestar_migrated_{digest(MIGRATIONS)}_{alias}.kept"

    @staticmethod
    def _settle(file: Path) -> None:
        """Bring everything that was written into the one file."""
        with sqlite3.connect(file) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()

    def _forgotten(self) -> list[Path]:
        """Copies that a killed run left behind, a day old or older."""
        old = time.time() - 24 * 3600
        return [path for path in self.home.glob("*_*.sqlite3*") if path.stat().st_mtime < old]

    def _sql(self, alias: str, statement: str) -> list[Any]:
        """Run one statement beside any transaction, on the server's own database."""
        import psycopg

        values = self.admin[alias]
        options = {
            key: value for key, value in (values.get("OPTIONS") or {}).items() if key != "pool"
        }
        # A socket's folder stands in the options, so an option wins over the plain value.
        where = {
            "dbname": values["NAME"], "user": values["USER"], "password": values["PASSWORD"],
            "host": values["HOST"], "port": values["PORT"], **options,
        }  # fmt: skip
        with psycopg.connect(
            autocommit=True, **{key: value for key, value in where.items() if value}
        ) as raw:
            done = raw.execute(statement)
            return done.fetchall() if done.description else []

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.home / f"{connections['default'].vendor}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def fill() -> None:
    """The shared cache's table, two modules of the starter curriculum, the journal's questions and the demonstration, all read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    call_command("createcachetable")
    with two_modules() as folder, suppress(SystemExit):  # its way to say that nothing was to do
        call_command("load_curriculum", folder=folder, verbosity=0)
    with suppress(SystemExit):
        call_command("load_prompts", verbosity=0)
    with suppress(SystemExit):
        call_command("load_demo", verbosity=0)
    # As a start of the demonstration does, so that no story's worker has to begin with it.
    from curriculum.glossary.linking.working import relink_all

    relink_all()
    # Stories count notices and mails from none; those of the demonstration would stand in their way.
    from notices.models import Notice, OutboxMail

    Notice.objects.all().delete()
    OutboxMail.objects.all().delete()
