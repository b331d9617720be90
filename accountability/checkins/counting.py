"""The one thing about check-ins that leaves the room: that they happen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accountability.checkins.models import CheckIn


def check_ins_happened(cohort: Any, since: datetime, until: datetime | None = None) -> int:
    """In how many pairs of this cohort a check-in happened since then (and before `until`). Whoever shows the number applies `core.suppression`."""
    rows = CheckIn.objects.filter(pair__cohort=cohort, revealed_at__gte=since)
    if until is not None:
        rows = rows.filter(revealed_at__lt=until)
    return rows.order_by().values("pair").distinct().count()
