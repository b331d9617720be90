"""What the table of addresses names of leaving."""

from __future__ import annotations

from typing import Any

from accounts.leaving import departure_of, leave, link_token
from accounts.models import User


def made(_cast: dict[str, Any]) -> dict[str, str]:
    """The way back of somebody whom no story is about."""
    victor = User.objects.get(email="victor@riverton.example")
    departure = departure_of(victor.pk) or leave(by=victor, takes_along=False)
    return {"undo": link_token(departure)}
