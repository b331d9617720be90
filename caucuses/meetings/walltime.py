"""The moments at which a clock on the wall shows a time: one; none where clocks skip it; two where they show it twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from core.clock import zone_named


def moments(day: date, at: time, time_zone: str) -> list[datetime]:
    """These moments, in UTC, the earlier one first."""
    wall = datetime.combine(day, at.replace(second=0, microsecond=0, tzinfo=None, fold=0))
    zone = zone_named(time_zone)
    both = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(one for one in both if one.astimezone(zone).replace(tzinfo=None) == wall)
