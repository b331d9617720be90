"""Storing a map: the picture and the rows of its table together, or neither."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from core.access import EDITOR, admits, require
from core.audit import record
from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.geojson import MapReading
from curriculum.redlining.svg import Drawing

Row = dict[str, Any]


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

    Nothing is written when everything is stored just so. `by` is the editor who acts, None for the command line.
    """
    require(by is None or admits(EDITOR, by))
    fields, rows = _fields(reading, drawing), _rows(drawing)
    stored = RedliningMap.objects.select_for_update().filter(slug=slug).first()
    if stored is not None and _same(stored, fields, rows):
        return Stored(stored, changed=False)
    stored, _created = RedliningMap.objects.update_or_create(slug=slug, defaults=fields)
    stored.areas.all().delete()
    MapArea.objects.bulk_create((MapArea(map=stored, **row) for row in rows), batch_size=500)
    record("map.imported", by=by, subject=stored)
    return Stored(stored, changed=True)


def _fields(reading: MapReading, drawing: Drawing) -> Row:
    return {
        "city": reading.place.city,
        "state": reading.place.state,
        "year": reading.place.year,
        "invented": reading.invented,
        "credit": reading.credit,
        "svg": drawing.svg,
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
