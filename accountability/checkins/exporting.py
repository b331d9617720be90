"""What a pair shared, as data: each may take it along before it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from accountability.buddies.models import Pair
from accountability.checkins.keys import SHUT
from accountability.checkins.models import CheckIn, PairNotes, Part, PartVersion
from accountability.checkins.permissions import notes_visible_to, parts_visible_to
from accountability.checkins.texts import words_of
from core.crypto.alerts import could_not_open

UNOPENED: dict[str, Any] = {"cannot_be_opened": True}


Section = tuple[str, list[dict[str, Any]]]


def notes_taken(
    *, member: Any, pair: Pair, until: datetime | None = None, **_given: Any
) -> Section:
    """The notes, as far as the member may read them; not where others changed them after `until`."""
    rows = notes_visible_to(member).filter(pair=pair)
    if until is not None:
        rows = rows.filter(Q(changed_by=member) | Q(changed_at__lte=until))
    return "notes", [_notes(row) for row in rows]


def check_ins_taken(
    *, member: Any, pair: Pair, until: datetime | None = None, **_given: Any
) -> Section:
    """Check-ins with everybody's parts and their older wordings, as far as the member may read them; of others as they stood by `until`."""
    rows: Any = parts_visible_to(member).filter(pair=pair).select_related("member", "check_in")
    if until is not None:
        rows = rows.filter(Q(member=member) | Q(shared_at__lte=until, changed_at__lte=until))
    parts: dict[CheckIn, list[Part]] = {}
    for part in rows.prefetch_related("versions").order_by(
        "check_in__number", "shared_at", "member__chosen_name", "pk"
    ):
        parts.setdefault(part.check_in, []).append(part)
    return "check_ins", [
        {"date": row.due_at.isoformat(), "parts": [_part(part) for part in own]}
        for row, own in parts.items()
    ]


def _part(part: Part) -> dict[str, Any]:
    older = sorted(part.versions.all(), key=lambda row: row.number)
    return {
        "by": part.member.get_full_name() if part.member else None,
        "changed": part.changed_at.isoformat(),
        **_words(part),
        "older_wordings": [{"written": row.written_at.isoformat(), **_words(row)} for row in older],
    }


def _words(row: Part | PartVersion) -> dict[str, Any]:
    try:
        return dict(words_of(row).values)
    except SHUT:
        could_not_open(row)
        return UNOPENED


def _notes(notes: PairNotes) -> dict[str, Any]:
    try:
        return {"changed": notes.changed_at.isoformat(), "text": str(notes.body)}
    except SHUT:
        could_not_open(notes)
        return UNOPENED
