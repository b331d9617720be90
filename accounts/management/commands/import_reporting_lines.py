"""`import_reporting_lines FILE.csv`: who reports to whom at work, so that nobody is paired with their boss."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import ReportingLine
from accounts.reporting_file import MOST_BYTES, Outcome, Unreadable, read
from accounts.reporting_lines import replace_lines

MOST_SHOWN = 50


class Command(BaseCommand):
    """Exit 0 imported, 1 refused with a sentence, 2 nothing to do."""

    help = (
        "Bring in who reports to whom from a CSV file with the columns member and reports_to (e-mail addresses). "
        "The file is the whole list: lines that are not in it go. All of it is taken, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what happens to lines that are not in it."""
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument(
            "--keep", action="store_true", help="keep lines that are not in the file"
        )
        parser.add_argument(
            "--allow-empty",
            action="store_true",
            help="take a file without a line, which removes all lines",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, replace."""
        standing = ReportingLine.objects.values_list("member_id", "boss_id")
        try:
            outcome = read(
                _bytes(options["file"]), beside=list(standing) if options["keep"] else ()
            )
        except Unreadable as problem:
            raise CommandError(f"{problem} Nothing was changed.") from None
        _refuse_wrong(outcome)
        if not outcome.lines and not options["allow_empty"]:
            raise CommandError(
                "The file holds no line, and taking it would remove every line. Nothing was changed. "
                "Add --allow-empty if that is what you want."
            )
        change = replace_lines(pairs=outcome.lines.keys(), keep=options["keep"], by=None)
        if change.is_nothing:
            raise CommandError(
                f"All of it stands there already ({change.same} lines); nothing was changed.",
                returncode=2,
            )
        self.stdout.write(
            f"Imported: {change.new} new, {change.gone} gone, {change.same} as they were. "
            "Each member sees their own lines on /account/visible/."
        )


def _bytes(name: str) -> bytes:
    """What the file holds. Raises CommandError with a sentence where it cannot be read."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no file name"
        raise CommandError(f"{name} cannot be read: {reason}. Nothing was changed.") from None


def _refuse_wrong(outcome: Outcome) -> None:
    """Raise CommandError with every row that is wrong."""
    if not outcome.problems:
        return
    shown = [f"  Row {number} {reason}" for number, reason in outcome.problems[:MOST_SHOWN]]
    if len(outcome.problems) > MOST_SHOWN:
        shown.append(f"  … and {len(outcome.problems) - MOST_SHOWN} more.")
    count = len(outcome.problems)
    head = "1 row is wrong" if count == 1 else f"{count} rows are wrong"
    raise CommandError("\n".join([f"{head}. Nothing was changed.", *shown]))
