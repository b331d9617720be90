"""Saving many rows with sealed fields at once: what is sealed is bound to its row, so that no `update()` could write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model


def save_all(rows: Sequence[Model], *names: str) -> None:
    """Write these fields of rows that are there, in a few statements. Called with the caucus held, so that none goes meanwhile."""
    if rows:
        manager: Any = type(rows[0])._default_manager
        manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=list(names)
        )
