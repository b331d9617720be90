"""What the table of addresses names of sharing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accountability.journal.actions import id_for, save_entry
from accountability.journal.texts import Text
from accountability.sharing.actions import share_excerpt
from tests.sweep.planting.kinds import pair_of


def made(cast: dict[str, Any]) -> dict[str, str]:
    """An excerpt that Dev shows Elu."""
    dev = cast["dev"]
    text = Text(title="That Tuesday", body="I laughed when *she* was interrupted.")
    excerpt = share_excerpt(
        by=dev,
        pair=pair_of(dev, cast["elu"]),
        entry=save_entry(by=dev, entry_id=id_for(dev, uuid4()), text=text, seen=0),
        title=text.title,
        words=text.body,
        until=timezone.now().date() + timedelta(days=10),
    )
    return {"excerpt": str(excerpt.pk)}
