"""`backup`: both databases, uploads and the list of erasures, as they are now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.crypto.erasures import BACKUPS_KEPT_FOR
from operations.backups import manifest
from operations.backups.engines import ALIASES, engine
from operations.backups.making import make
from operations.backups.refusing import Refused


class Command(BaseCommand):
    """Exit 0 made, 1 refused with a sentence, 2 nothing to do. Safe beside a running site."""

    help = (
        "Make a backup of both databases, the uploads and the list of erasures, while the site runs, in a folder of its own under "
        "var/backups. The keyring is never in it: keep its copy apart. Backups are deleted after 7 days."
    )

    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration; checks cost seconds, and a backup should not)

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--to", metavar="FOLDER", help="into a folder of this folder, such as another disk; the 7 days hold there, too")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it. Raises CommandError with status 1 or 2."""
        try:
            if not all(engine().stands(alias) for alias in ALIASES):
                raise CommandError("There is nothing to back up yet: the site was never started here.", returncode=2)  # fmt: skip
            made = make(to=Path(options["to"]).absolute() if options["to"] else None, say=self.stdout.write)  # fmt: skip
            found = manifest.read(made)
        except Refused as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"The backup is whole: {made} ({found.bytes / 1_000_000:.1f} MB, {found.uploads} uploads).\n"
            f"It is deleted after {BACKUPS_KEPT_FOR.days} days. Keep a copy of it on another machine, and the keyring in neither."
        )
