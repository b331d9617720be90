"""What the table of addresses names of care."""

from __future__ import annotations

from typing import Any


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of care can name, made for Dev."""
    return {}
