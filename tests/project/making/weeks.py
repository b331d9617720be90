"""What the table of addresses names of insights: a week of Dev's cohort."""

from __future__ import annotations

from typing import Any

from backbone.models import PublishedWeek


def made(cast: dict[str, Any]) -> dict[str, str]:
    """The last day on which it was counted."""
    week = PublishedWeek.objects.filter(cohort__slug="spring").first()
    return {"week": week.counted_on.isoformat() if week else ""}
