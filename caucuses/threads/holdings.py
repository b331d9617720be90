"""What threads hold."""

from __future__ import annotations

from core.register import Holding, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="threads",
            models=(
                "threads.Thread",
                "threads.Post",
                "threads.Wording",
                "threads.Draft",
                "threads.LaterMark",
                "threads.Recognition",
            ),
        )
    )
