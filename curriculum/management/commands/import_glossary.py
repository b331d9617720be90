"""`import_glossary FILE.json|FILE.csv`: propose the terms of a file. Exit 0 done, 1 refused, 2 nothing to do."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from curriculum.glossary.formats.importing import import_file
from curriculum.glossary.formats.incoming import ImportRefused
from curriculum.glossary.permissions import can_propose

REFUSED, NOTHING_TO_DO = 1, 2


class Command(BaseCommand):
    """Read a glossary that this or another installation published; all of it becomes proposals, or none."""

    help = (
        "Propose the terms of a glossary file, as /glossary.json or /glossary.csv give it. What readers see is decided by "
        "the body. Safe to run again: what was proposed before is not proposed twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whose proposals they become."""
        parser.add_argument("file", type=Path, metavar="FILE.json|FILE.csv")
        parser.add_argument(
            "--member", default="", metavar="EMAIL",
            help="the member who proposes (and who then cannot decide about it); else nobody by name",
        )  # fmt: skip

    def handle(self, *_args: Any, file: Path, member: str, **options: Any) -> None:
        """Import, and say so. Raises CommandError with a sentence when the file cannot be used."""
        try:
            done = import_file(file, by=_member(member) if member else None)
        except ImportRefused as refusal:
            said = _("%(file)s, %(reason)s Nothing was imported.")
            raise CommandError(said % {"file": file.name, "reason": refusal}, returncode=REFUSED) from None  # fmt: skip
        if not done.proposed:
            self.stdout.write(_("All of it was proposed already. Nothing was to do."))
            sys.exit(NOTHING_TO_DO)
        if options["verbosity"] > 0:
            said = ngettext(
                "%(count)s proposal was made. The body decides about it.",
                "%(count)s proposals were made. The body decides about them.",
                done.proposed,
            )
            self.stdout.write(said % {"count": done.proposed})


def _member(email: str) -> User:
    member = User.objects.filter(email__iexact=email).first()
    if member is None or not can_propose(member):
        said = _("No member of this site has the address %(email)s. Nothing was imported.")
        raise CommandError(said % {"email": email}, returncode=REFUSED)
    return member
