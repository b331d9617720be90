"""Holding members' own rows, so that acts that concern the same people come one after the other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from accounts.models import User


def hold_members(members: Collection[Any]) -> list[User]:
    """The rows of these members whose account is open, held until the transaction ends.

    Always in the order of their ids, and before any other row is held: two acts never wait for each other. The hold
    lets others write rows that merely name these members (`no_key`).
    """
    ids = {member.pk for member in members}
    rows = User.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=ids, is_active=True
    )
    return list(rows.order_by("pk"))
