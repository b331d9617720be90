"""Lines of reporting: who stands over whom at work, directly or over others."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from accounts.models import ReportingLine

Above = Mapping[UUID, frozenset[UUID]]


def all_above() -> dict[UUID, frozenset[UUID]]:
    """For each member who reports to anybody: everybody above them, directly or over others. One query.

    A circle of lines, should one ever stand there, ends where it began.
    """
    direct: dict[UUID, set[UUID]] = {}
    for member, boss in ReportingLine.objects.values_list("member_id", "boss_id"):
        direct.setdefault(member, set()).add(boss)
    return {member: _over(member, direct) for member in direct}


def in_one_line(one: UUID, other: UUID, above: Above) -> bool:
    """Whether one of the two stands over the other, directly or over others."""
    return other in above.get(one, frozenset()) or one in above.get(other, frozenset())


def _over(member: UUID, direct: Mapping[UUID, set[UUID]]) -> frozenset[UUID]:
    found: set[UUID] = set()
    waiting = list(direct[member])
    while waiting:
        boss = waiting.pop()
        if boss not in found and boss != member:
            found.add(boss)
            waiting.extend(direct.get(boss, ()))
    return frozenset(found)
