"""What the table of addresses names of threads."""

from __future__ import annotations

from typing import Any


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of threads can name, in the room that Dev opened."""
    return {}
