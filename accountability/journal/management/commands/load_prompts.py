"""`load_prompts`: the questions that the journal offers to begin with. Exit 0 done, 2 nothing to do."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability.journal.loading import load_prompts

NOTHING_TO_DO = 2


class Command(BaseCommand):
    """Write the starter questions; what an editor decided since is left alone and listed."""

    help = (
        "Load the questions that the journal offers to begin with. Safe to run again: what an editor changed, took off "
        "the list or deleted since is left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is new."""
        done = load_prompts()
        if options["verbosity"]:
            for name in done.left_alone:
                self.stdout.write(_("left alone, because an editor changed or deleted it: %(name)s") % {"name": name})  # fmt: skip
            if done.written:
                count = len(done.written)
                said = ngettext("written: %(count)s question for the journal", "written: %(count)s questions for the journal", count)  # fmt: skip
                self.stdout.write(said % {"count": count})
        if not done.written:
            sys.exit(NOTHING_TO_DO)
