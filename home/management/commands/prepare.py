"""`prepare`: brings databases and files up to date before a start, in one process and only where something is to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error as DatabaseTrouble
from django.utils import timezone

from accounts.models import User
from core import walls
from core.crypto import erasures
from core.crypto.keyring import KeyMissing, names_missing
from core.crypto.owners import destroy_again, first_that_stays_shut, key_names
from core.postgresql import whole
from core.routers import ALIASES, APPS_OF_KEYS, migration_targets
from core.storage import storage_troubles
from curriculum.glossary.linking.working import relink_all
from home.demo.initiative import email_of
from home.management import preparation
from home.management.alone import alone
from home.management.preparation import LEFT_OUT, LOADED, Stamps
from operations.backups.restoring import unfinished
from operations.here import tidy_here


class Command(BaseCommand):
    """Check, migrate, load and collect. Safe to run at every start, and again after it was killed half-way."""

    help = "Bring databases and files up to date before a start."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration; checks cost a second here)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare everything. Raises CommandError with a sentence when that cannot be done."""
        half = unfinished()
        if half is not None:
            raise CommandError(
                "A backup was being restored here, and that was interrupted. Nothing was started, so that nobody meets half of "
                f"it. Type it again, and it is finished: var/venv/bin/python manage.py restore {half}"
            )
        try:
            self._ask_store()
            if connections["default"].vendor == "postgresql":
                whole.ask_once(connections["default"])
            with alone(self.stdout.write):
                fresh = self._migrate_all()
                for alias in ALIASES:
                    walls.build(using=alias)  # also where nothing had to be migrated
                self._try_keyring()
                self._bring_up_to_date(fresh)
            tidy_here(timezone.now())
            self._say_what_to_mend()
        except DatabaseTrouble as problem:
            raise CommandError(
                f"The database cannot be used: {_words(problem)}. Nothing was started. If it is full, busy or away, "
                "mend that and start again; if it is damaged, restore a backup."
            ) from None
        except storage_troubles() as problem:
            raise CommandError(
                f"The storage that MEDIA_STORAGE_URL names does not answer, refuses, or is broken ({type(problem).__name__}). Nothing "
                "was started, and what was done is kept. Mend that or its address, and start again."
            ) from None
        except OSError as problem:
            raise CommandError(
                f"A file cannot be read or written: {problem.filename or 'var/'}: {problem.strerror}. Nothing was "
                "started, and what was done is kept. Free some space or mend its rights, and start again."
            ) from None

    def _migrate_all(self) -> bool:
        """Migrate both databases; says whether the main one had something pending."""
        try:
            fresh = [alias for alias in ALIASES if self._migrate(alias)]
        except DatabaseTrouble as problem:
            raise CommandError(
                f"The database cannot be used: {_words(problem)}. It was left as it is. "
                "Restore a backup, or move the file away to start with an empty one."
            ) from None
        except InconsistentMigrationHistory as problem:
            raise CommandError(
                f"The database was not written by Lodestar as it is released: {_words(problem)}. It was left as it is. "
                "Restore a backup, or move the file away to start with an empty one."
            ) from None
        return "default" in fresh

    def _bring_up_to_date(self, fresh: bool) -> None:
        stamps, here = preparation.read_stamps(), preparation.databases()
        # A restored backup says itself what it holds; any other database that was exchanged is looked at anew.
        if not stamps.pop("restored", "") and (fresh or stamps.get("databases") != here):
            stamps = {name: stamps[name] for name in ("static",) if name in stamps}
        if _counts_in_database():  # also after a time with Redis, in which nothing was migrated
            call_command("createcachetable", verbosity=0)
        # First: lessons are read while they are loaded, and name their pictures as they are collected.
        self._collect(stamps)
        self._load(stamps)
        stamps.update(code=preparation.code(), databases=here)
        preparation.write_stamps(stamps)

    def _say_what_to_mend(self) -> None:
        """What does not keep the site from starting, and does not work as it is set."""
        for problem in run_checks(tags=["glossary"], databases=["default"]):
            self.stdout.write(f"{problem.msg} {problem.hint}")

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

    def _try_keyring(self) -> None:
        """Whether the keyring opens what is sealed: a wrong one must not seal anything new (threats C6).

        Keys that were destroyed and came back with a backup are destroyed again (threats C8).
        """
        erasures.tell_others()
        destroy_again()
        try:
            missing = names_missing(key_names())
            wrong = ", ".join(missing) or first_that_stays_shut()
        except KeyMissing as problem:
            raise CommandError(
                f"{problem} Private text stays sealed; nothing was started."
            ) from None
        if wrong:
            raise CommandError(
                f"The keyring is not the one with which private text was sealed: it lacks {wrong}, or holds another key "
                "of that name. Nothing was changed or started. Put the right keyring back; your copy of it opens "
                "everything."
            )

    def _ask_store(self) -> None:
        """Ask the shared cache whether it is there, when it is a server of its own."""
        if _counts_in_database():
            return
        try:
            answers = preparation.cache_answers()
        except (
            Exception
        ) as problem:  # the client raises many kinds; each means the same to the reader
            raise CommandError(
                f"CACHE_URL names a store that cannot be used ({_words(problem)}). Nothing was started. Start the "
                "store, correct the address, or leave CACHE_URL out to count in the database."
            ) from None
        if not answers:
            raise CommandError(
                "CACHE_URL names a store that forgets at once what it is told. Nothing was started. Give it memory, or "
                "leave CACHE_URL out to count in the database."
            )

    def _load(self, stamps: Stamps) -> None:
        starter = preparation.starter()
        if stamps.get("starter") != starter:
            self.stdout.write("Loading the starter curriculum and the glossary …")
            _call("load_curriculum")
            _call("load_prompts")
            stamps["starter"] = starter
        if preparation.wants_people(stamps):
            self._load_people(stamps)
        relink_all()  # so that the first lesson that is opened has its links; afterwards it is the worker's

    def _load_people(self, stamps: Stamps) -> None:
        if User.objects.exists() and not User.objects.filter(email=email_of("ana")).exists():
            stamps["demo"] = LEFT_OUT  # the start says so
            return
        self.stdout.write("Loading the demonstration initiative …")
        _call("load_demo")
        stamps["demo"] = LOADED

    def _collect(self, stamps: Stamps) -> None:
        if settings.DEBUG or preparation.is_collected(stamps):
            return
        self.stdout.write("Collecting style sheets, scripts and pictures …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamps["static"] = preparation.static()


def _counts_in_database() -> bool:
    return isinstance(caches["default"], BaseDatabaseCache)


def _words(problem: Exception) -> str:
    """The first line of what the driver said, without its full stop; its name when it said nothing.

    PostgreSQL quotes whole rows in the lines after it, and what is said here reaches the journal.
    """
    first = next(iter(str(problem).strip().splitlines()), "")
    return " ".join(first.split()).rstrip(".") or type(problem).__name__


def _call(command: str) -> None:
    try:
        call_command(command)
    except SystemExit as end:  # exit status 2 is these commands' way to say that nothing was to do
        if end.code != 2:
            raise
