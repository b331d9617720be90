"""One's own copy of what one wrote in a room: the rooms tell it at the door `own_words`; nothing of others is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from caucuses.agreed import opened
from caucuses.models import Proposal, Seat, Stance
from core import doors

#: What the rooms answer: for each text `text`, `when` (or `at`), and `title`, `thread` or `kind`, what it belongs to.
OwnWords = list[dict[str, Any]]


def own_words_of(seat: Seat) -> list[dict[str, str]]:
    """What the seat wrote, room by room: `title`, `when` and `text` of each."""
    answers: Iterable[OwnWords] = doors.ask("own_words", seat=seat)
    return [_row(row) for rows in answers for row in rows]


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    when = row.get("when") or row.get("at") or ""
    return {
        "title": str(row.get("title") or row.get("thread") or row.get("kind") or ""),
        "when": when.isoformat() if isinstance(when, datetime) else str(when),
        "text": str(row["text"]),
    }


def own_proposals(*, seat: Seat) -> OwnWords:
    """What the seat proposed and said to proposals."""
    proposals = [
        {"title": _("I proposed"), "when": row.made_at.isoformat(), "text": _of_proposal(row)}
        for row in Proposal.objects.filter(seat=seat)
    ]
    stances = [
        {
            "title": _("I said to a proposal"),
            "when": row.at.isoformat(),
            "text": opened(row, "words") or "",
        }
        for row in Stance.objects.filter(seat=seat)
    ]
    said = [row for row in (*proposals, *stances) if row["text"]]
    return sorted(said, key=lambda row: row["when"])


def as_json(rows: list[dict[str, str]]) -> str:
    """The copy for programs."""
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_markdown(rows: list[dict[str, str]]) -> str:
    """The copy for people."""
    lines = [f"# {_('What I wrote')}", ""]
    for row in rows:
        lines += [f"## {row['title'] or '…'}", "", f"*{row['when']}*", "", row["text"], ""]
    return "\n".join(lines)


def _of_proposal(row: Proposal) -> str:
    parts = (opened(row, "why"), opened(row, "text"))
    return "\n\n".join(part for part in parts if part)
