"""What an author takes along of their own excerpts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accountability.sharing.models import Excerpt
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen


def taken_along(rows: Iterable[Excerpt]) -> list[dict[str, Any]]:
    """Each excerpt with its words as they were typed; one that cannot be opened says so."""
    return [{**dates_of(row), **_words_of(row)} for row in rows]


def dates_of(row: Excerpt) -> dict[str, Any]:
    """What is no private text: from when, until when, and which entry of one's own journal."""
    return {
        "entry": str(row.entry_id),
        "shared": row.shared_at.isoformat(),
        "until": row.until.isoformat(),
    }


def _words_of(row: Excerpt) -> dict[str, Any]:
    try:
        return {"title": str(row.title), "words": str(row.words)}
    except CannotOpen:
        could_not_open(row)
        return {"cannot_be_opened": True}
