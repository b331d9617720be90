"""The words of notices, made when they are shown, and only of what the reader may know of at that moment (threats A26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, UUIDField

from core import register
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.prepared import Given, Prepared
from core.register import Payload, Shown
from notices.knowing import known_of, plain
from notices.models import Notice

#: The bell counts no further; beyond it the page says "20+". Each that it counts is opened, on every page, to see whether its
#: reader may still know of it; whoever has more waiting looks at the list, and a larger number would help nobody.
MOST_COUNTED = 20


#: So many are looked through where some of the newest are of what the reader may no longer know of.
MOST_LOOKED_AT = 100


def _unread(most: int) -> QuerySet[Notice]:
    rows = Notice.objects.of(Given("member", UUIDField())).unread()
    return rows.only("kind", "sealed", "member")[:most]


_UNREAD = Prepared(lambda: _unread(MOST_COUNTED + 1))
_MORE_UNREAD = Prepared(lambda: _unread(MOST_LOOKED_AT))


@dataclass(frozen=True)
class Line:
    """A notice with what its reader may see of it."""

    notice: Notice
    shown: Shown


def lines(member: Any, notices: Iterable[Notice]) -> list[Line]:
    """The notices that the member may see now, in the given order, with their words: one question per kind."""
    rows = list(notices)
    by_kind = _by_kind(rows)
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
    """How many unread notices the member may see now, at most `MOST_COUNTED` + 1: two queries; two more where some of the newest
    are of what they may no longer know of.

    The same as `lines` would show, without their words: every page of a member asks this.
    """
    newest = _UNREAD.ask(member=member.pk)
    count = _seen(member, newest)
    if count < len(newest) == MOST_COUNTED + 1:
        count = _seen(member, _MORE_UNREAD.ask(member=member.pk))
    return min(count, MOST_COUNTED + 1)


def _seen(member: Any, notices: Iterable[Notice]) -> int:
    """How many of these the member may know of."""
    unread = _by_kind(notices)
    payloads = {
        kind: [payload for _, payload in _opened(notices)] for kind, notices in unread.items()
    }
    known = known_of(member, payloads)
    return sum(
        any((kind, name, plain(key)) in known for name, key in payload.items())
        for kind, rows in payloads.items()
        for payload in rows
    )


def _by_kind(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(notice.kind, []).append(notice)
    return found
