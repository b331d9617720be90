"""One's own copy of what one wrote in a room: the rooms tell it at the door `own_words`; nothing of others is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caucuses.agreed import opened
from caucuses.models import Proposal, Seat, Stance
from core import doors

#: What the rooms answer: a heading, and for each text what JSON takes: `title` (may be empty), `at` (ISO 8601), `text`.
OwnWords = tuple[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Part:
    """What one room holds of the reader's words."""

    heading: str
    rows: list[Mapping[str, str]]


def own_words_of(seat: Seat) -> list[Part]:
    """What the seat wrote, room by room, the oldest first. Rooms without a word of it are left out."""
    answers: Iterable[OwnWords] = doors.ask("own_words", seat=seat)
    return [Part(str(heading), list(rows)) for heading, rows in answers if rows]


def own_proposals(*, seat: Seat) -> OwnWords:
    """What the seat proposed and said to proposals."""
    proposals = [
        {"title": _("I proposed"), "at": row.made_at.isoformat(), "text": _of_proposal(row)}
        for row in Proposal.objects.filter(seat=seat)
    ]
    stances = [
        {
            "title": _("I said to a proposal"),
            "at": row.at.isoformat(),
            "text": opened(row, "words") or "",
        }
        for row in Stance.objects.filter(seat=seat)
    ]
    said = [row for row in (*proposals, *stances) if row["text"]]
    return _("What the room agrees on"), sorted(said, key=lambda row: row["at"])


def as_json(parts: list[Part]) -> str:
    """The copy for programs."""
    rows = [{"from": part.heading, "words": part.rows} for part in parts]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_markdown(parts: list[Part]) -> str:
    """The copy for people."""
    lines = [f"# {_('What I wrote')}", ""]
    for part in parts:
        lines += [f"## {part.heading}", ""]
        for row in part.rows:
            lines += [f"### {row['title'] or '…'}", "", f"*{row['at']}*", "", row["text"], ""]
    return "\n".join(lines)


def _of_proposal(row: Proposal) -> str:
    parts = (opened(row, "why"), opened(row, "text"))
    return "\n\n".join(part for part in parts if part)
