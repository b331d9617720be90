"""`import_members COHORT FILE.csv [--dry-run]`: invite or add the people of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cohorts.actions import start_import, take_in
from cohorts.actions.imports import carry_out
from cohorts.arrivals import Judged, judged
from cohorts.choices import TO_DO, Reason, Verdict
from cohorts.member_file import MOST_BYTES, Unusable, rows_in, text_in
from cohorts.models import Cohort

MOST_SHOWN = 50


class Command(BaseCommand):
    """Exit 0 done, 1 refused with a sentence, 2 nothing to do."""

    help = (
        "Invite the people of a CSV file into a cohort, with the columns email and role (participant or facilitator; "
        "may be left out). Who has no account is invited by mail, a member is added and told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The cohort, the file, and whether only to look."""
        parser.add_argument("cohort", metavar="COHORT", help="the cohort's short name")
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would happen; nobody is invited"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, say what will happen with each row, and do it unless it is a look."""
        cohort, data = _cohort(options["cohort"]), _bytes(options["file"])
        try:
            found = list(judged(rows_in(text_in(data)), cohort, None))
        except Unusable as problem:
            raise CommandError(f"{problem} Nobody was invited.") from None
        self._say(found)
        if not any(one.verdict in TO_DO for one in found):
            raise CommandError("There is nothing to do. Nobody was invited.", returncode=2)
        if options["dry_run"]:
            self.stdout.write("This was a look: nobody was invited. Leave out --dry-run to do it.")
            return
        self._do(cohort, data)

    def _say(self, found: Sequence[Judged]) -> None:
        """The numbers of the preview, and what is refused with its row."""
        many = Counter(one.verdict for one in found)
        self.stdout.write(
            f"New: {many[Verdict.NEW]}. Members to add: {many[Verdict.KNOWN]}. "
            f"Already there: {many[Verdict.THERE]}. Twice in the file: {many[Verdict.DUPLICATE]}. "
            f"Refused: {many[Verdict.REFUSED]}."
        )
        refused = [one for one in found if one.verdict == Verdict.REFUSED]
        for one in refused[:MOST_SHOWN]:
            self.stdout.write(f"  Row {one.row.number}: {Reason(one.reason).label}")
        if len(refused) > MOST_SHOWN:
            self.stdout.write(f"  … and {len(refused) - MOST_SHOWN} more.")

    def _do(self, cohort: Cohort, data: bytes) -> None:
        """Carry it out here; of a command that is killed the worker does the rest."""
        taken = take_in(cohort=cohort, data=data, by=None)
        start_import(member_import=taken, by=None)
        taken.refresh_from_db()
        carry_out(taken)
        became = Counter(taken.rows.exclude(became="").values_list("became", flat=True))
        self.stdout.write(
            f"Done: {became['invited']} invited by mail, {became['added']} added and told."
        )
        if became["refused"]:
            self.stdout.write(f"{became['refused']} could not be done; the log says more.")


def _cohort(slug: str) -> Cohort:
    """The cohort of this short name. Raises CommandError, also for one that is over."""
    cohort = Cohort.objects.filter(slug=slug).first()
    if cohort is None:
        known = ", ".join(Cohort.objects.values_list("slug", flat=True)) or "there is none yet"
        raise CommandError(
            f"There is no cohort {slug!r}. Nobody was invited. The cohorts are: {known}."
        )
    if not Cohort.objects.not_over().filter(pk=cohort.pk).exists():
        raise CommandError(
            f"The cohort {cohort.name} is over. Nobody was invited. Give it a later last day first."
        )
    return cohort


def _bytes(name: str) -> bytes:
    """What the file holds. Raises CommandError with a sentence where it cannot be read."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no file name"
        raise CommandError(f"{name} cannot be read: {reason}. Nobody was invited.") from None
