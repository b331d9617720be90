"""`import_redlining_map FILE.geojson …`: draw the redlining maps of cities and store each with its table."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.redlining.actions import Stored, store_map
from curriculum.redlining.credit import LONGEST_CREDIT
from curriculum.redlining.geojson import MapReading, MapRefused, Place, read_map
from curriculum.redlining.place import YEARS
from curriculum.redlining.svg import Drawing, draw
from curriculum.redlining.words import plain_text

REFUSED, NOTHING_TO_DO = 1, 2
LONGEST_SLUG = 80
OF_ONE_CITY = ("slug", "city", "state", "year")


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:9]) not in YEARS:
        raise ArgumentTypeError(_("the year must have four digits, such as 1937."))
    return int(text)


class Command(BaseCommand):
    """Exit 0 when a map was stored, 1 when a file was refused (its map is as it was), 2 when all are stored already."""

    help = (
        "Draws redlining maps from GeoJSON files in Mapping Inequality's format, one city a file, and stores each "
        "with its table. Run again with the same file it changes nothing; with a corrected file it replaces the map."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and what a file itself may not say."""
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE.geojson")
        parser.add_argument(
            "--slug", default="", help="short name of the map; else the file's name"
        )
        parser.add_argument("--city", default="", help="city, where the file does not say it")
        parser.add_argument("--state", default="", help="state, where the file does not say it")
        parser.add_argument("--year", type=_year, default=None, help="year of the survey")
        parser.add_argument(
            "--credit", default="",
            help="who is named under the map; else what the file says, else Mapping Inequality (CC BY-NC-SA 4.0)",
        )  # fmt: skip

    def handle(self, *_args: Any, files: list[Path], **options: Any) -> None:
        """Read, draw, store, and say so, one file after the other. A refused file keeps no other from being stored."""
        if len(files) > 1 and any(options[name] for name in OF_ONE_CITY):
            raise CommandError(
                _("--slug, --city, --state and --year are for one file. Nothing was changed."),
                returncode=REFUSED,
            )
        stored, refused = 0, 0
        for path in files:
            try:
                stored += self._import(path, options)
            except MapRefused as refusal:
                refused += 1
                self.stderr.write(str(refusal))
        if refused:
            sys.exit(REFUSED)
        if not stored:
            sys.exit(NOTHING_TO_DO)

    def _import(self, path: Path, options: dict[str, Any]) -> bool:
        """Whether anything was written. Raises MapRefused."""
        slug = slugify(options["slug"] or path.stem)[:LONGEST_SLUG].strip("-")
        given = Place(
            plain_text(options["city"], 120), plain_text(options["state"], 60), options["year"]
        )
        if not slug:
            raise MapRefused(path.name, _("its name gives no short name. Give one with --slug."))
        self._step(_("Reading %(file)s.") % {"file": path.name}, options)
        reading = read_map(path, given, plain_text(options["credit"], LONGEST_CREDIT))
        self._step(_("Drawing %(count)s areas.") % {"count": len(reading.areas)}, options)
        drawing = draw(reading)
        stored = store_map(reading=reading, drawing=drawing, slug=slug)
        self._report(stored, reading, drawing)
        return stored.changed

    def _step(self, sentence: str, options: dict[str, Any]) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(sentence)
            self.stdout.flush()

    def _report(self, stored: Stored, reading: MapReading, drawing: Drawing) -> None:
        if not stored.changed:
            self.stdout.write(_("%(map)s is stored just so already.") % {"map": stored.map})
            return
        counts = ", ".join(f"{grade} {count}" for grade, count in reading.counts.items())
        about = {"map": stored.map, "slug": stored.map.slug, "counts": counts}
        about["kilobytes"] = f"{drawing.compressed / 1000:.1f}"
        self.stdout.write(
            _(
                "%(map)s is stored as “%(slug)s”: areas by grade %(counts)s; %(kilobytes)s KB compressed."
            )
            % about
        )
        if reading.ungraded:
            sentence = ngettext(
                "%(count)s feature without a grade was left out.",
                "%(count)s features without a grade were left out.",
                reading.ungraded,
            )
            self.stdout.write(sentence % {"count": reading.ungraded})
        if reading.place.year is None:
            self.stdout.write(_("No source names the year of the survey; --year adds it."))
