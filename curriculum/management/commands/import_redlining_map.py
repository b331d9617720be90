"""`import_redlining_map FILE.geojson`: draw a city's redlining map and store it with its table."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.redlining.actions import Stored, store_map
from curriculum.redlining.geojson import MapReading, MapRefused, Place, read_map
from curriculum.redlining.place import YEARS
from curriculum.redlining.svg import Drawing, draw
from curriculum.redlining.words import plain_text

REFUSED, NOTHING_TO_DO = 1, 2
LONGEST_SLUG = 80


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:9]) not in YEARS:
        raise ArgumentTypeError(_("the year must have four digits, such as 1937."))
    return int(text)


class Command(BaseCommand):
    """Exit 0 when the map is stored, 1 when the file is refused (nothing is changed), 2 when it is stored already."""

    help = (
        "Draws a redlining map from a GeoJSON file in Mapping Inequality's format and stores it with its "
        "table. Run again with the same file it changes nothing; with a corrected file it replaces the map."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what the file itself may not say."""
        parser.add_argument("file", type=Path, metavar="FILE.geojson")
        parser.add_argument(
            "--slug", default="", help="short name of the map; else the file's name"
        )
        parser.add_argument("--city", default="", help="city, where the file does not say it")
        parser.add_argument("--state", default="", help="state, where the file does not say it")
        parser.add_argument("--year", type=_year, default=None, help="year of the survey")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, draw, store, and say so."""
        path: Path = options["file"]
        slug = slugify(options["slug"] or path.stem)[:LONGEST_SLUG].strip("-")
        given = Place(
            plain_text(options["city"], 120), plain_text(options["state"], 60), options["year"]
        )
        try:
            if not slug:
                raise MapRefused(
                    path.name, _("its name gives no short name. Give one with --slug.")
                )
            self._step(_("Reading %(file)s.") % {"file": path.name}, options)
            reading = read_map(path, given)
            self._step(_("Drawing %(count)s areas.") % {"count": len(reading.areas)}, options)
            drawing = draw(reading)
            stored = store_map(reading=reading, drawing=drawing, slug=slug)
        except MapRefused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(REFUSED)
        self._report(stored, reading, drawing)
        if not stored.changed:
            sys.exit(NOTHING_TO_DO)

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
