"""Reading what is sealed in a caucus where a page must go on when one value does not open."""

from __future__ import annotations

from typing import Any

from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing


def opened(row: Any, name: str) -> str | None:
    """The text of a sealed field; None, and a word to the operator, where it cannot be opened."""
    try:
        return str(getattr(row, name))
    except (CannotOpen, KeyMissing):
        could_not_open(row)
        return None
