"""`load_curriculum`: the starter curriculum, its maps and the glossary. Exit 0 done, 1 refused, 2 nothing to do."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from curriculum.cms_access import grant_page_permissions
from curriculum.glossary.loading import TermsRefused, load_terms
from curriculum.loader.facts import FactsOutcome, load_facts
from curriculum.loader.reading import StarterRefused
from curriculum.loader.writing import site_tree, write_curriculum
from curriculum.redlining.actions import store_map
from curriculum.redlining.geojson import read_map
from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.svg import draw

STARTER = settings.ROOT / "curriculum" / "starter"


class Command(BaseCommand):
    """Write the starter files into the CMS; what an editor changed since is left alone and listed."""

    help = "Load the starter curriculum, its maps and the glossary. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: another folder of starter files."""
        parser.add_argument("--folder", type=Path, default=STARTER, help="folder of starter files")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load all of it. Raises CommandError with a sentence when a file cannot be used."""
        try:
            changed = sum(self._load_map(path) for path in sorted(folder.glob("maps/*.geojson")))
            facts = FactsOutcome()
            if (folder / "facts.csv").is_file():
                facts = load_facts(folder / "facts.csv")
            if (folder / "terms.csv").is_file():
                changed += load_terms(folder / "terms.csv")
            outcome = write_curriculum(folder)
            changed += len(outcome.written) + len(facts.written)
        except (StarterRefused, TermsRefused, MapRefused) as refusal:
            raise CommandError(f"{refusal} Nothing of it was loaded.", returncode=1) from None
        except ValidationError as problem:
            reasons = " ".join(problem.messages)
            raise CommandError(f"A page was refused: {reasons}", returncode=1) from None
        grant_page_permissions(site_tree())
        for name in outcome.written:
            self.stdout.write(f"written: {name}")
        for difference in facts.left_alone:
            self.stdout.write(f"left alone, because an editor changed the fact: {difference}")
        for name in outcome.left_alone:
            self.stdout.write(f"left alone, because an editor changed the page: {name}")
        if not changed:
            self.stdout.write("Everything was loaded already.")
            sys.exit(2)

    def _load_map(self, path: Path) -> bool:
        reading = read_map(path)
        return store_map(reading=reading, drawing=draw(reading), slug=path.stem).changed
