"""A member's own copy of what their pair shared: one JSON file, written piece by piece from what each room offers.

At the door `pair_export` a room answers a name and rows that JSON takes, in its own order; it leaves out what the member may
not read, such as what another is still writing. A row that cannot be opened says so and the others follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone

from accountability.buddies.models import Agreement, Pair, Place
from accountability.buddies.models.agreement import WHEN, WORDS
from accountability.buddies.permissions import agreements_visible_to
from accountability.buddies.reading import opened, owners_ready
from core import doors

Section = tuple[str, Iterable[Any]]


def copy_of(pair: Pair, member: Any) -> Iterator[str]:
    """The pieces of the file."""
    head = {"exported_at": timezone.now(), "about": about(pair)}
    yield "{\n" + ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in head.items())
    for name, rows in sections_of(pair, member):
        yield f",\n{_json(name)}: ["
        for number, row in enumerate(rows):
            yield (",\n" if number else "\n") + _json(row)
        yield "\n]"
    yield "\n}\n"


def sections_of(pair: Pair, member: Any, *, until: datetime | None = None) -> list[Section]:
    """What each room offers of this pair for the member's own copy; with `until`, of what others wrote nothing that came after it."""
    return doors.ask("pair_export", member=member, pair=pair, until=until)


def agreements(*, member: Any, pair: Pair, until: datetime | None = None, **_given: Any) -> Section:
    """What buddies offer at the door: every text of the agreement that the member may read, the oldest first."""
    owners_ready(pair)
    rows = agreements_visible_to(member).filter(pair=pair).for_page().order_by("number")
    if until is not None:
        rows = rows.filter(Q(written_by=member) | Q(written_at__lte=until))
    return "agreements", (_agreement(row) for row in rows)


def _agreement(row: Agreement) -> dict[str, Any]:
    """A text; null stands for what cannot be opened."""
    return {
        "number": row.number,
        "state": row.state,
        "written_by": row.written_by.get_full_name() if row.written_by else None,
        "written_at": row.written_at,
        "in_force_at": row.in_force_at,
        **{name: getattr(row, name) for name in WHEN},
        **{name: opened(row, name) for name in WORDS},
    }


def about(pair: Pair) -> dict[str, Any]:
    """Since when, until when, and who."""
    places = Place.objects.filter(pair=pair).for_page()
    return {
        "begun_at": pair.begun_at,
        "ended_at": pair.ended_at,
        "people": [place.member.get_full_name() for place in places],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
