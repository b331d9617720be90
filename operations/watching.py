"""Every minute: what is not well is told to the operators, once a day for each kind (`notices.alarms`)."""

from __future__ import annotations

from datetime import datetime

from core import doors, faults
from core.signs import signs


def watch(*, now: datetime, **_given: object) -> int:
    """Ask every sign, and whether an address failed since the last minute; returns how many alarms were asked for.

    The names of signs are the kinds of alarms; what is no kind of its own is told as “something is not well”.
    """
    kinds = {sign.name for sign in signs(now) if not sign.is_well}
    if faults.taken():
        kinds.add("error")
    for kind in sorted(kinds):
        doors.ask("alarm", what=kind)
    return len(kinds)
