"""What `operations` offers at the doors."""

from __future__ import annotations


def register() -> None:
    """Make the offers."""
