"""What bringback hold."""

from __future__ import annotations

from core.register import Holding, hold


def register() -> None:
    """Register the holding."""
    hold(
        Holding(
            name="bringback",
            models=(
                "bringback.Note",
                "bringback.NoteWording",
                "bringback.NoteStance",
                "bringback.Released",
                "bringback.Reply",
            ),
        )
    )
