"""What a member takes along: their own commitments in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accountability.commitments.choices import WITH_BUDDY
from accountability.commitments.models import Commitment
from accountability.commitments.permissions import commitments_kept_by
from accountability.commitments.reading import get_ready, read, said_of


def shared_with_buddy(member: Any) -> list[dict[str, Any]]:
    """The member's own that their buddy may read, and never another one's."""
    rows = commitments_kept_by(member).filter(owner=member, circle__in=sorted(WITH_BUDDY))
    return as_taken(list(rows.for_page().prefetch_related("progress")))


def as_taken(rows: Sequence[Commitment]) -> list[dict[str, Any]]:
    """Each as values of JSON. One that cannot be opened says so."""
    get_ready(rows)
    return [_taken(row) for row in rows]


def _taken(row: Commitment) -> dict[str, Any]:
    said = [said_of(one) for one in row.progress.all()]
    return {
        "kind": row.kind,
        "seen_by": row.circle,
        "written": row.written_at.isoformat(),
        "changed": row.changed_at.isoformat(),
        "look_again": row.review_on.isoformat() if row.review_on else None,
        **_words(row),
        "how_it_goes": [
            {"at": one.at.isoformat(), "state": one.state, "sentence": one.sentence, "reason": one.reason}
            for one in said
        ],
    }  # fmt: skip


def _words(row: Commitment) -> dict[str, Any]:
    text = read(row)
    if text is None:
        return {"cannot_be_opened": True}
    return {
        "will": text.will,
        "by": text.by,
        "first_step": text.first_step,
        "know": text.know,
        "levels": list(text.levels),
    }
