"""Signs of how an installation does: each app says its own at the door `sign`, the operators' page and the alarms read them all.

A sign names a part of the machine and never a person: how old the oldest waiting mail is, not whose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core import doors
from core.register import Words


@dataclass(frozen=True)
class Sign:
    """One part and how it does: `name` for programs and alarms, `title` and `said` for people."""

    name: str
    title: Words
    said: Words
    is_well: bool = True
    #: What to do when it is not well, in a sentence; the alarm's mail says the same.
    advice: Words = ""


def signs(now: datetime) -> Iterator[Sign]:
    """Every sign that some app offers, in the order of the door. An offer yields `Sign`s."""
    for offer in doors.offers("sign"):
        yield from offer(now=now)
