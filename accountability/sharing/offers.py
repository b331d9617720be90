"""What sharing offers at the doors of the page, and what it does when an entry or a place is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.http import HttpRequest
from django.template.loader import render_to_string

from accountability.buddies.models import Pair, Place
from accountability.buddies.permissions import buddies_of, can_write_in_pair
from accountability.sharing.actions import end_with_entry, end_with_place
from accountability.sharing.models import Excerpt
from accountability.sharing.permissions import excerpts_visible_to
from accountability.sharing.reading import lines_of, names_of
from core import doors
from core.prepared import Given, Prepared, Somebody


def share_door(*, request: HttpRequest, entry: Any, **_given: Any) -> str | None:
    """Below an entry: the way to show an excerpt of it, and what is shown of it now; nothing for who has no buddy."""
    readers = list(buddies_of(request.user).order_by("chosen_name", "pk"))
    if not readers:
        return None
    shared = excerpts_visible_to(request.user).by(request.user).of_entry(entry.pk).for_list()
    context = {"entry": entry, "readers": names_of(readers), "shared": list(shared)}
    return render_to_string("sharing/door_share.html", context, request)


def _shared() -> QuerySet[Excerpt]:
    rows = excerpts_visible_to(Somebody()).filter(pair=Given("pair", UUIDField()))
    return rows.for_list()  # type: ignore[attr-defined, no-any-return]


_SHARED = Prepared(_shared)


def buddy_card(*, request: HttpRequest, member: Any, pair: Pair, **_given: Any) -> str | None:
    """On the page of one's pair: what is shared with me, and by me. Nothing in a pair that has ended or that one left."""
    if not can_write_in_pair(member, pair):
        return None
    lines = lines_of(pair, _SHARED.ask(member=member.pk, pair=pair.pk))
    context = {
        "to_me": [line for line in lines if line.excerpt.author_id != member.pk],
        "by_me": [line for line in lines if line.excerpt.author_id == member.pk],
    }
    return render_to_string("sharing/door_buddy_card.html", context, request)


def place_left(*, place: Place, now: datetime, **_given: Any) -> None:
    """What the one who leaves has shared ends."""
    end_with_place(place=place, now=now)


def entry_gone(*, entry_id: UUID, author: Any, **_given: Any) -> None:
    """What was cut out of the entry goes with it."""
    end_with_entry(entry_id=entry_id, author=author)


def register() -> None:
    """Make the offers."""
    doors.offer("share", share_door)
    doors.offer("buddy_card", buddy_card, order=30)
    doors.offer("place_left", place_left)
    doors.offer("entry_gone", entry_gone)
