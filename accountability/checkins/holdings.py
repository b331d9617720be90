"""What checkins holds about a member."""

from __future__ import annotations

from core.register import Holding, hold


def register() -> None:
    """Register the holding."""
    hold(Holding(name="checkins", models=()))
