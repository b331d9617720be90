"""`run_nightly`: what was kept long enough goes, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notices.chores import prune_all, pruning


class Command(BaseCommand):
    """Exit 0 done, 1 when a part failed (the others were done), 2 nothing to do."""

    help = "Delete what was kept as long as the page “What is kept how long” says. The worker does the same once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prune every holding, and say in a line each how many rows went. Raises CommandError with status 1 or 2."""
        removed = prune_all()
        for name, rows in removed.items():
            self.stdout.write(f"{name}: {rows}")
        failed = [name for name in pruning() if name not in removed]
        if failed:
            raise CommandError(
                f"These could not be done: {', '.join(failed)}. Everything else was. "
                "The log says why, and it is tried again within a day."
            )
        if not any(removed.values()):
            raise CommandError("Nothing was old enough to go.", returncode=2)
