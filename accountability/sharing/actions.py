"""Verbs of sharing. None of them leaves a row in the central audit, and no notice holds more than an id."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accountability.buddies.models import Pair, Place
from accountability.journal.actions import html_from
from accountability.journal.models import Entry
from accountability.journal.permissions import can_change_entry, entries_visible_to
from accountability.sharing import notifications
from accountability.sharing.choices import MOST_AT_ONCE, MOST_DAYS
from accountability.sharing.models import Excerpt
from accountability.sharing.permissions import can_take_back_excerpt
from core.access import require
from core.clock import zone_named
from core.text import CLEANER_VERSION


class NobodyToRead(Exception):
    """The author has no place in this pair any more. Nothing was shared."""


class EntryGone(Exception):
    """The entry was deleted meanwhile. Nothing was shared."""


class TooMany(Exception):
    """The author shares as many excerpts as one may at a time. Nothing was shared."""


@transaction.atomic
def share_excerpt(
    *, by: Any, pair: Pair, entry: Entry, title: str, words: str, until: date
) -> Excerpt:
    """Show a part of one's own entry to the others of one's pair through a day, and tell them that there is something.

    The pair's row is held, so that leaving it and sharing in it come one after the other: what is shared last is ended by who leaves
    last. Raises NobodyToRead, EntryGone, TooMany, and ValueError for a day that is over or too far away.
    """
    held = Pair.objects.select_for_update().open().filter(pk=pair.pk).first()
    places = list(Place.objects.open().filter(pair=pair.pk).select_related("member"))
    others = [place.member for place in places if place.member_id != by.pk]
    if held is None or not others or len(others) == len(places):
        raise NobodyToRead
    current = entries_visible_to(by).select_for_update().filter(pk=entry.pk).first()
    if current is None or not can_change_entry(by, current):
        raise EntryGone
    if Excerpt.objects.by(by).readable_by(by, timezone.now()).count() >= MOST_AT_ONCE:
        raise TooMany
    excerpt = Excerpt(pair=held, author=by, entry_id=entry.pk, until=until)
    excerpt.ends_at = _end_of(until, by)
    excerpt.title, excerpt.words = title, words
    excerpt.html, excerpt.html_by = html_from(words), CLEANER_VERSION
    excerpt.save(force_insert=True)
    notifications.excerpt_shared(excerpt, others)
    return excerpt


@transaction.atomic
def take_back(*, by: Any, excerpt: Excerpt) -> None:
    """End it at once: the row is gone, and with it what others read on their next load."""
    require(can_take_back_excerpt(by, excerpt))
    excerpt.delete()


def end_with_place(*, place: Place, now: datetime) -> None:
    """At the door `place_left`: what the one who leaves has shared in the pair ends with their place."""
    Excerpt.objects.by(place.member_id).filter(pair=place.pair_id).delete()


def end_with_entry(*, entry_id: UUID, author: Any) -> None:
    """At the door `entry_gone`: what was cut out of an entry goes when its author deletes the entry."""
    Excerpt.objects.by(author).of_entry(entry_id).delete()


def prune_excerpts() -> int:
    """Remove what has come to its last day; returns how many went."""
    gone: int = Excerpt.objects.past(timezone.now()).delete()[0]
    return gone


def days_offered(today: date) -> tuple[date, date]:
    """The first and the last day that one may choose."""
    return today, today + timedelta(days=MOST_DAYS)


def _end_of(day: date, author: Any) -> datetime:
    """The moment at which the day is over where the author is. Raises ValueError for one that cannot be chosen."""
    zone = zone_named(author.time_zone)
    first, last = days_offered(timezone.localdate(timezone=zone))
    if not first <= day <= last:
        raise ValueError("An excerpt is shared from today on, and for 90 days at most.")
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
