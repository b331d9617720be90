"""Signs of how an installation does: each app says its own at the door `sign`, the operators' page and the alarms read them all.

A sign names a part of the machine and never a person: how old the oldest waiting mail is, not whose.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core import doors
from core.register import Words

log = logging.getLogger("lodestar.signs")


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
    """Every sign that some app offers, in the order of the door. An offer yields `Sign`s; of one that fails that is the sign."""
    for offer in doors.offers("sign"):
        try:
            yield from list(offer(now=now))
        except Exception as problem:  # one part that cannot be asked must hide no other
            log.error("A sign cannot be told: %s: %s", offer.__module__, type(problem).__name__)
            yield _untold(offer)


def _untold(offer: Callable[..., Any]) -> Sign:
    """The sign of a part that cannot be asked; its name is that of the module which says the sign."""
    return Sign(
        name=offer.__module__.partition(".")[0],
        title=_("A part that cannot be asked (%(part)s)") % {"part": offer.__module__},
        said=_("How it does cannot be told."),
        is_well=False,
        advice=_("The log names the kind of error; look for lodestar.signs."),
    )
