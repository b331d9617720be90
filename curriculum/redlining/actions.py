"""Storing a map: the picture and the rows of its table together, or neither."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import require
from core.audit import record
from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.credit import credit_or_default
from curriculum.redlining.geojson import MapReading, Place
from curriculum.redlining.permissions import can_store_map
from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.svg import Drawing

Row = dict[str, Any]
#: What people may have corrected since the map was stored. The same file, read again, leaves it as it is.
WORDS = ("city", "state", "year", "invented", "credit")


@dataclass(frozen=True, slots=True)
class Stored:
    """The map as it now stands, and whether anything was written."""

    map: RedliningMap
    changed: bool


@transaction.atomic
def store_map(
    *, reading: MapReading, drawing: Drawing, slug: str, by: User | None = None
) -> Stored:
    """Store a drawn map under `slug`; one that is there already keeps its id and gets a new picture and new areas.

    Nothing is written when everything is stored just so. A file that is stored already leaves the words that an
    editor corrected since, but for those that are stated anew. `by` is who acts, None for the command line.
    """
    require(by is None or can_store_map(by))
    fields, rows = _fields(reading, drawing), _rows(drawing)
    stored = RedliningMap.objects.select_for_update().filter(slug=slug).first()
    if stored is not None:
        if stored.source_sha256 == reading.source_sha256:
            fields |= {name: getattr(stored, name) for name in WORDS if name not in reading.stated}
        if _same(stored, fields, rows):
            return Stored(stored, changed=False)
    shown = _write(stored or RedliningMap(slug=slug), fields, rows, drawing)
    record("map.imported", by=by, subject=shown)
    return Stored(shown, changed=True)


@transaction.atomic
def add_map(*, reading: MapReading, drawing: Drawing, slug: str, by: User) -> RedliningMap:
    """Store a new map. Raises MapRefused when another one has this short name, even since a moment ago."""
    require(can_store_map(by))
    try:
        with transaction.atomic():
            shown = _write(
                RedliningMap(slug=slug), _fields(reading, drawing), _rows(drawing), drawing
            )
    except IntegrityError:
        raise MapRefused(reading.file_name, short_name_taken(slug)) from None
    record("map.imported", by=by, subject=shown)
    return shown


@transaction.atomic
def replace_map(
    *, shown: RedliningMap, reading: MapReading, drawing: Drawing, by: User
) -> RedliningMap:
    """Give a stored map the picture, table and words of another reading; its id and short name stay."""
    require(can_store_map(by))
    stored = RedliningMap.objects.select_for_update().get(pk=shown.pk)
    _write(stored, _fields(reading, drawing), _rows(drawing), drawing)
    record("map.imported", by=by, subject=stored)
    return stored


@transaction.atomic
def correct_map(*, shown: RedliningMap, place: Place, credit: str, by: User) -> RedliningMap:
    """Correct the words about a map; picture, table and the mark of an invented town stay."""
    require(can_store_map(by))
    shown.city, shown.state, shown.year = place.city, place.state, place.year
    shown.credit = credit_or_default(credit, invented=shown.invented)
    shown.save(update_fields=["city", "state", "year", "credit", "imported_at"])
    record("map.corrected", by=by, subject=shown)
    return shown


def short_name_taken(slug: str) -> str:
    """The sentence for a short name that another map has."""
    return _("the short name “%(slug)s” belongs to another map. Choose another one.") % {
        "slug": slug
    }


def _write(shown: RedliningMap, fields: Row, rows: list[Row], drawing: Drawing) -> RedliningMap:
    for name, value in fields.items():
        setattr(shown, name, value)
    shown.svg_gzip = drawing.packed
    shown.save()
    shown.areas.all().delete()
    MapArea.objects.bulk_create((MapArea(map=shown, **row) for row in rows), batch_size=500)
    return shown


def _fields(reading: MapReading, drawing: Drawing) -> Row:
    return {
        "city": reading.place.city,
        "state": reading.place.state,
        "year": reading.place.year,
        "invented": reading.invented,
        "credit": reading.credit,
        "svg_sha256": drawing.sha256,
        "source_sha256": reading.source_sha256,
        "width": drawing.width,
        "height": drawing.height,
        "counts": reading.counts,
    }


def _rows(drawing: Drawing) -> list[Row]:
    return [
        {
            "position": position,
            "label": area.label,
            "grade": area.grade,
            "name": area.name,
            "area_km2": Decimal(f"{area.area_km2:.3f}"),
            "remarks": [asdict(remark) for remark in area.remarks],
        }
        for position, area in enumerate(drawing.areas)
    ]


def _same(stored: RedliningMap, fields: Row, rows: list[Row]) -> bool:
    """Whether picture, table and words about the map are all as they would be written now."""
    if any(getattr(stored, name) != value for name, value in fields.items()):
        return False
    names = ("position", "label", "grade", "name", "area_km2", "remarks")
    return list(stored.areas.order_by("position").values(*names)) == rows
