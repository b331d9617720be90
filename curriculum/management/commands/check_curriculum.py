"""`check_curriculum`: reads every published lesson as a careful editor would. Exit 0 clean, 1 something to mend, 2 no lesson."""

from __future__ import annotations

import sys
from statistics import median
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.catalogs import catalogs, problems_of_catalog
from curriculum.checkup import Reading, readings

TO_MEND, NOTHING_TO_READ = 1, 2


class Command(BaseCommand):
    """Changes nothing."""

    help = (
        "Read all published lessons: no claim without a fact, no dead term, no missing alternative text, none too long, too "
        "short or too hard; and the words of the interface: none untranslated. Prints words, reading grade and blocks of each, then what is to mend."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the lessons, then the problems; nothing but the problems with `--verbosity 0`."""
        read = list(readings())
        if not read:
            self.stdout.write(_("No lesson is published."))
            sys.exit(NOTHING_TO_READ)
        if options["verbosity"]:
            self._say_lessons(read)
        for one in read:
            for problem in one.problems:
                self.stdout.write(f"{one.address}: {problem}")
        words = [
            f"{path.parts[-3]}: {problem}"
            for path in catalogs()
            for problem in problems_of_catalog(path)
        ]
        for line in words:
            self.stdout.write(line)
        if words or any(one.problems for one in read):
            sys.exit(TO_MEND)

    def _say_lessons(self, read: list[Reading]) -> None:
        for one in read:
            grade = "–" if one.grade is None else f"{one.grade:.1f}"
            self.stdout.write(
                f"{one.address}  {one.words} of {one.in_all}  {grade}  {', '.join(one.blocks)}"
            )
        grades = [one.grade for one in read if one.grade is not None]
        if grades:
            self.stdout.write(
                _("%(lessons)s lessons; median %(words)s words, grade %(grade)s.")
                % {
                    "lessons": len(read),
                    "words": round(median(one.words for one in read)),
                    "grade": f"{median(grades):.1f}",
                }
            )
