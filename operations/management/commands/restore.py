"""`restore`: brings a backup back into this installation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations.backups.refusing import Refused
from operations.backups.restoring import Outcome, restore


class Command(BaseCommand):
    """Exit 0 restored, 1 refused with a sentence. Interrupted, the same command again finishes it."""

    help = (
        "Bring a backup back: databases and uploads as they were on that day. Keys that were destroyed since are destroyed again, who "
        "left since is erased again, everybody signs in again, and no mail of that day is sent. Stop the site first. Needs the "
        "keyring with which the backup was sealed."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration; there may be no database yet)

    def add_arguments(self, parser: CommandParser) -> None:
        """The set, and whether something may be replaced."""
        parser.add_argument("folder", help="the folder of one backup, such as var/backups/20261130T030000Z")  # fmt: skip
        parser.add_argument("--replace", action="store_true", help="also where people are here already; what stands here is kept for 7 days")  # fmt: skip

        parser.add_argument("--main", metavar="FILE", help="a newer copy of the main SQLite database, from litestream, in place of the one in the backup")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back, and say what to do next. Raises CommandError with status 1."""
        main = Path(options["main"]).absolute() if options["main"] else None
        try:
            done = restore(Path(options["folder"]).absolute(), replace=options["replace"], main=main, say=self.stdout.write)  # fmt: skip
        except Refused as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(_told(done))


def _told(done: Outcome) -> str:
    lines = [f"Everything is as it was on {done.begun:%Y-%m-%d at %H:%M} UTC, except:"]
    if done.main is not None:
        lines.append(
            f"  the main database is that of {done.main}, which may be newer: of what was first sealed since, it lacks the keys"
        )
    lines.append(f"  keys that were destroyed again: {done.keys_destroyed}")
    lines.append(f"  people who had left and are erased again: {done.erased}")
    lines += [f"  {what}: {number}" for what, number in done.forgotten.items() if number]
    if done.before is not None:
        lines.append(f"What stood here before is kept for seven days in {done.before}.")
    lines.append(
        "What was written or changed after that moment is not in it: words, but also new passwords, roles that were taken, contact "
        "that was stopped, accounts that were closed. Tell your members, and look at these first.\n"
        "Now start the site (make serve), and ask it whether it is whole: SITE=https://your.site make smoke"
    )
    return "\n".join(lines)
