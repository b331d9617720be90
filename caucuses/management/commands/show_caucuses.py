"""`show_caucuses`: all that an operator is told of caucuses."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from caucuses.storage import are_any_unlisted, megabytes_of_all


class Command(BaseCommand):
    """Exit 0. No number of caucuses, seats or posts, no id and no date."""

    help = "Say whether there are caucuses without a door, and how much storage all caucuses take."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print two lines."""
        unlisted = "yes" if are_any_unlisted() else "no"
        self.stdout.write(f"Caucuses without a door: {unlisted}")
        self.stdout.write(f"Storage of all caucuses: {megabytes_of_all()} MB or less")
