"""What the stories of sharing share: Dev and Elu are a pair, and Dev shows a part of his entry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accountability.buddies.models import Pair
from accountability.journal.models import Entry
from accountability.sharing.actions import share_excerpt
from accountability.sharing.models import Excerpt
from core.clock import zone_named
from tests.accountability.notebook import write

BODY = "I laughed when **she** was interrupted.\n\nIt was my sister who told me."
SHOWN = "I laughed when **she** was interrupted."


def entry_of(member: Any) -> Entry:
    """An entry with more in it than anybody is shown."""
    return write(member, BODY, title="That Tuesday")


def today_of(member: Any) -> date:
    """The day it is where the member is."""
    return timezone.localdate(timezone=zone_named(member.time_zone))


def shared(member: Any, pair: Pair, entry: Entry | None = None, **said: Any) -> Excerpt:
    """An excerpt that the member shares for ten days."""
    words = {"title": "Tuesday", "words": SHOWN, "until": today_of(member) + timedelta(days=10)}
    return share_excerpt(by=member, pair=pair, entry=entry or entry_of(member), **(words | said))
