"""Who may store maps: whoever works in the CMS. Maps themselves are published content, open to all."""

from __future__ import annotations

from typing import Any

from core.access import STAFF, admits


def can_store_map(user: Any) -> bool:
    """Whether this member may add a map or replace one: editors, the backbone team, operators."""
    return admits(STAFF, user)
