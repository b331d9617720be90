"""How long the keyring's current key has been in use.

The file's own time says nothing: a restore or a copy changes it. `rotate_keys` names each key after its day, and a key of another
name is at most as old as the first owner of data keys: the first thing that was ever sealed here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.db.models import Min

from core.crypto.keyring import current_keyring
from core.models import KeyOwner

_DATED = re.compile(r"k(\d{8})-[0-9a-f]{4}")


def in_use_since() -> date | None:
    """The day since which the current key has been in use, at the earliest; None before anything was sealed. Raises KeyMissing."""
    return _day_in(current_keyring().current) or _first_sealed()


def _day_in(name: str) -> date | None:
    found = _DATED.fullmatch(name)
    try:
        return datetime.strptime(found[1], "%Y%m%d").replace(tzinfo=UTC).date() if found else None
    except ValueError:
        return None


def _first_sealed() -> date | None:
    first = KeyOwner.objects.aggregate(first=Min("made_at"))["first"]
    return first.date() if first else None
