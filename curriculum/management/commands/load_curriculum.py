"""`load_curriculum`: the starter curriculum, its maps and the glossary. Exit 0 done, 1 refused, 2 nothing to do."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.glossary.loading import TermsRefused
from curriculum.loader.facts import FactsOutcome
from curriculum.loader.loading import Loaded, load_folder
from curriculum.loader.refusal import StarterRefused
from curriculum.loader.steps import Steps
from curriculum.redlining.refusal import MapRefused

STARTER = settings.ROOT / "curriculum" / "starter"
REFUSED, NOTHING_TO_DO = 1, 2
NAMED = 9  # facts; more are counted alone


class Command(BaseCommand):
    """Write the starter files into the CMS; what an editor decided since is left alone and listed."""

    help = (
        "Load the starter curriculum, its maps and the glossary. Safe to run again: what an editor changed, "
        "deleted or unpublished since is left alone and listed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Another folder of starter files, and files to be written again over an editor's decision."""
        parser.add_argument("--folder", type=Path, default=STARTER, help="folder of starter files")
        parser.add_argument(
            "--again", action="append", default=[], metavar="PATH",
            help="write this file again even where an editor changed, deleted or unpublished its page (a deleted "
            "lesson comes back with everybody's progress), such as 02-shared-language/module.md or facts.csv#RL04; "
            "may be given more than once",
        )  # fmt: skip

    def handle(self, *args: Any, folder: Path, again: list[str], **options: Any) -> None:
        """Load all of it. Raises CommandError with a sentence when a file cannot be used; nothing is loaded then."""
        quiet = options["verbosity"] == 0
        steps = Steps(self._say_meanwhile)
        try:
            if not folder.is_dir():
                raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder}, returncode=REFUSED)  # fmt: skip
            done = load_folder(folder, again=again, step=None if quiet else steps.step)
        except (StarterRefused, TermsRefused, MapRefused) as refusal:
            sentence = _("%(reason)s Nothing of it was loaded.") % {"reason": refusal}
            raise CommandError(sentence, returncode=REFUSED) from None
        if not quiet:
            for line in _report(done):
                self._say(line)
        if not done.changed:
            sys.exit(NOTHING_TO_DO)

    def _say_meanwhile(self, sentence: str) -> None:
        """Beside the report, which is the same however long it took."""
        self.stderr.write(sentence, style_func=str)
        self.stderr.flush()

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _report(done: Loaded) -> Iterator[str]:
    """What was done and what was left alone, a line each."""
    yield from (_("written: the map %(map)s") % {"map": slug} for slug in done.maps)
    if done.facts.written:
        yield _facts_written(done.facts.written)
    if done.terms:
        said = ngettext("written: %(count)s term", "written: %(count)s terms", done.terms)
        yield said % {"count": done.terms}
    yield from (_("written: %(file)s") % {"file": name} for name in done.pages.written)
    left = [*_facts_left_alone(done.facts), *_pages_left_alone(done)]
    yield from left
    if not done.changed:
        yield _("Nothing else was to do.") if left else _("Everything was loaded already.")


def _facts_written(keys: list[str]) -> str:
    said = ngettext("written: %(count)s fact", "written: %(count)s facts", len(keys))
    names = f" ({', '.join(keys)})" if len(keys) <= NAMED else ""
    return said % {"count": len(keys)} + names


def _facts_left_alone(facts: FactsOutcome) -> Iterator[str]:
    for difference in facts.left_alone:
        yield _("left alone, because an editor changed the fact: %(what)s") % {"what": difference}
    for difference in facts.own:
        yield _("left alone, because an editor wrote a fact of this key: %(what)s") % {"what": difference}  # fmt: skip
    for keys, sentence in (
        (facts.edited, _("left alone, because an editor changed the fact: %(what)s")),
        (facts.deleted, _("left alone, because an editor deleted the fact: %(what)s")),
    ):
        if keys:
            yield sentence % {"what": ", ".join(keys)}


def _pages_left_alone(done: Loaded) -> Iterator[str]:
    for one in done.pages.left_alone:
        yield _("left alone, because %(reason)s: %(file)s") % {"reason": one.reason, "file": one.name}  # fmt: skip
        if one.difference:
            yield _("  the page says (-) and the file says (+):")
        yield from (f"    {line}" for line in one.difference)
