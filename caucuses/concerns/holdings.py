"""What concerns hold."""

from __future__ import annotations

from core.register import Holding, hold


def register() -> None:
    """Register the holding."""
    hold(Holding(name="concerns", models=("concerns.Concern",)))
