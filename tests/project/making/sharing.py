"""What the table of addresses names of sharing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accountability.sharing.models import Excerpt
from tests.sweep.planting.kinds import pair_of


def made(cast: dict[str, Any]) -> dict[str, str]:
    """An excerpt that Dev shows Elu, of an entry that is not there: stories count what Dev has written."""
    now = timezone.now()
    excerpt = Excerpt(pair=pair_of(cast["dev"], cast["elu"]), author=cast["dev"], entry_id=uuid4())
    excerpt.until, excerpt.ends_at = (now + timedelta(days=9)).date(), now + timedelta(days=10)
    excerpt.title, excerpt.words = "That Tuesday", "I laughed when *she* was interrupted."
    excerpt.save()
    return {"excerpt": str(excerpt.pk)}
