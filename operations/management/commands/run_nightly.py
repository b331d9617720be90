"""`run_nightly`: the night's work, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations import nightly


class Command(BaseCommand):
    """Exit 0 done, 1 when a step failed (the others were done), 2 nothing to do."""

    help = (
        "Do the night's work now: publish and count what is due, delete what was kept as long as the page “What is kept how "
        "long” says, make a backup, look whether all is well. The worker does the same once after each 03:00."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument(
            "--only", choices=list(nightly.STEPS), default="", help="this step alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say in a line each how many of what. Raises CommandError with status 1 or 2."""
        night = nightly.run(only=options["only"], say=self.stdout.write)
        if night.failed:
            raise CommandError(
                f"These could not be done: {', '.join(night.failed)}. Everything else was. "
                + " ".join([*night.why, "The log says why, and it is tried again within a day."])
            )
        if not any(night.counts.values()):
            raise CommandError("Nothing was old enough to go.", returncode=2)
