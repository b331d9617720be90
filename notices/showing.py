"""The words of notices, made when they are shown, and only of what the reader may know of at that moment (threats A26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core import register
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.register import Payload, Shown
from notices.models import Notice

#: The bell counts no further; beyond it the page says "and more".
MOST_COUNTED = 99


@dataclass(frozen=True)
class Line:
    """A notice with what its reader may see of it."""

    notice: Notice
    shown: Shown


def lines(member: Any, notices: Iterable[Notice]) -> list[Line]:
    """The notices that the member may see now, in the given order, with their words: one question per kind."""
    rows = list(notices)
    by_kind: dict[str, list[Notice]] = {}
    for notice in rows:
        by_kind.setdefault(notice.kind, []).append(notice)
    found: dict[Any, Shown] = {}
    for kind in register.notice_kinds():
        opened = _opened(by_kind.get(kind.name, []))
        if opened:
            answers = kind.show(member, [payload for _, payload in opened])
            pairs = zip((notice for notice, _ in opened), answers, strict=True)
            found |= {notice.pk: shown for notice, shown in pairs if shown is not None}
    return [Line(notice, found[notice.pk]) for notice in rows if notice.pk in found]


def _opened(notices: Iterable[Notice]) -> list[tuple[Notice, Payload]]:
    """The notices with what they are about. One that cannot be opened is left out; the others are shown."""
    found: list[tuple[Notice, Payload]] = []
    for notice in notices:
        try:
            found.append((notice, notice.payload))
        except (CannotOpen, KeyMissing):
            alerts.could_not_open(notice)
    return found


def unread_count(member: Any) -> int:
    """How many unread notices the member may see now, at most `MOST_COUNTED` + 1."""
    unread = Notice.objects.of(member).unread()[: MOST_COUNTED + 1]
    return len(lines(member, unread))
