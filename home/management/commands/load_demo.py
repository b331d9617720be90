"""`load_demo`: the demonstration initiative. Exit 0 done, 1 refused, 2 nothing to do."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from home.demo.initiative import NAME, email_of, write_demonstration

ALLOWED = ("config.settings.demo", "config.settings.dev", "config.settings.test", "bench.settings")


class Command(BaseCommand):
    """Write the invented people into an installation that has none yet."""

    help = "Load the demonstration initiative. Only in settings that serve a loopback address."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse in production and beside real people; otherwise write once."""
        if os.environ.get("DJANGO_SETTINGS_MODULE") not in ALLOWED:
            raise CommandError(
                "The demonstration's people have known passwords, so they are loaded only with the settings "
                "demo, dev or test. Nothing was written.",
                returncode=1,
            )
        if User.objects.filter(email=email_of("ana")).exists():
            self.stdout.write("The demonstration is loaded already.")
            sys.exit(2)
        if User.objects.exists():
            raise CommandError(
                "This installation has members, and invented people do not belong beside them. Nothing was written.",
                returncode=1,
            )
        count = write_demonstration()
        self.stdout.write(f"{NAME}: {count} people, each with the password lodestar-demo.")
