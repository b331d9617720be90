"""`urls`: every address pattern with its access rule."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from core.routes import routes


class Command(BaseCommand):
    """Print the table of addresses."""

    help = "List every address pattern with the rule that says who may open it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: JSON for scripts."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a pattern, or a JSON list."""
        rows = routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows], indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row.rule or 'refused':10} /{row.route}")
