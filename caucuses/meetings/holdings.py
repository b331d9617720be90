"""What meetings hold."""

from __future__ import annotations

from core.register import Holding, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="meetings", models=("meetings.Meeting", "meetings.Notes", "meetings.CalendarLink")
        )
    )
