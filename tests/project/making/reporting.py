"""What the table of addresses names of reporting lines."""

from __future__ import annotations

from typing import Any

from accounts.models import ReportingLine


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of reporting lines can name, made for Dev: that he reports to Elu."""
    line = ReportingLine.objects.create(member=cast["dev"], boss=cast["elu"])
    return {"line": str(line.pk)}
