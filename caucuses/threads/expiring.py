"""Posts that were kept as long as their room agreed, and conversations in which nothing is left."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from caucuses.models import Caucus
from caucuses.threads.models import Draft, Post, Thread
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing

A_BATCH = 200


def expire_posts(*, caucus: Caucus, before: datetime, **_given: Any) -> int:
    """Delete what was posted before this moment, and the conversations that it leaves empty. Returns how many posts went.

    One transaction a batch, under the caucus's own hold: nobody quotes or answers what is just going.
    """
    gone = 0
    while found := _some_posts(caucus, before):
        gone += found
    while _some_threads(caucus, before):
        pass
    return gone


@transaction.atomic
def _some_posts(caucus: Caucus, before: datetime) -> int:
    """A batch of them with their wordings, marks and recognitions, and the passages of them that others quote."""
    _hold(caucus)
    rows = Post.objects.filter(caucus=caucus.pk, written_at__lt=before)
    found = dict(rows.order_by("written_at", "pk").values_list("pk", "thread")[:A_BATCH])
    _empty_quotes(found)
    Thread.objects.filter(pk__in=set(found.values())).update(revision=F("revision") + 1)
    Post.objects.filter(pk__in=found).delete()
    return len(found)


@transaction.atomic
def _some_threads(caucus: Caucus, before: datetime) -> int:
    """A batch of conversations in which nothing is left. What somebody is writing there is kept for them as a new one."""
    _hold(caucus)
    rows = Thread.objects.filter(caucus=caucus.pk, opened_at__lt=before, last_at__lt=before)
    found = list(rows.filter(posts=None).values_list("pk", flat=True)[:A_BATCH])
    for draft in Draft.objects.filter(thread__in=found, saved_at__gte=before):
        _keep(draft)
    Thread.objects.filter(pk__in=found).delete()
    return len(found)


def _empty_quotes(posts: Collection[UUID]) -> None:
    """What others quote of these goes with them."""
    for row in Post.objects.filter(quotes__in=posts).only("pk", "caucus_id"):
        row.quoted, row.quotes = "", None
        row.save(update_fields=["quoted", "quotes"])


def _keep(draft: Draft) -> None:
    """Make it the draft of a new conversation, or the end of the one that this seat is writing already."""
    other = Draft.objects.filter(seat=draft.seat_id, thread=None).first()
    if other is None:
        draft.thread, draft.tab = None, None
        draft.save(update_fields=["thread", "tab"])
        return
    try:
        other.text = f"{other.text}\n\n{draft.text}".strip()
    except (CannotOpen, KeyMissing):
        alerts.could_not_open(draft)
        return
    other.version += 1
    other.tab = None
    other.save(update_fields=["text", "version", "tab"])


def _hold(caucus: Caucus) -> None:
    list(Caucus.objects.select_for_update(no_key=True).filter(pk=caucus.pk).values("pk"))
