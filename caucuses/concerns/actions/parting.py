"""What of the reports ends when a seat goes, and when their time is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from caucuses.actions.holding import hold_room
from caucuses.actions.saving import save_all
from caucuses.concerns.models import Concern
from caucuses.concerns.permissions import concerns_written_by
from caucuses.models import Caucus, Seat

A_BATCH = 200


def end_with_seat(*, seat: Seat, with_posts: bool, removed: bool = False) -> None:
    """Nothing leads to who wrote a report any more; the facilitators see no change, which would tell whose it was.

    What was reported about the one who leaves is not read by who comes in later, for that may be the same person. When their
    posts go, what a report holds of them goes, too. Called in the transaction of leaving, which holds the caucus.
    """
    concerns_written_by(seat).update(writer="")
    about = Concern.objects.filter(caucus=seat.caucus_id, about=seat.pk)
    about.update(about_left_at=timezone.now())
    if with_posts:
        _empty(about)


@transaction.atomic
def empty_parted(*, caucus: Caucus, post_ids: Collection[UUID], **_given: Any) -> None:
    """Somebody who was removed has their posts deleted: what reports hold of these goes, too."""
    hold_room(caucus.pk)
    _empty(Concern.objects.filter(caucus=caucus.pk, post__in=post_ids))


def expire_concerns(*, caucus: Caucus, before: datetime, **_given: Any) -> int:
    """Delete reports that were sent on a day before this moment's, and what others hold of older posts. Returns how many went."""
    day = timezone.localdate(before, timezone=timezone.get_default_timezone())
    gone = 0
    while found := _some(caucus, day):
        gone += found
    while _some_excerpts(caucus, before):
        pass
    return gone


@transaction.atomic
def _some_excerpts(caucus: Caucus, before: datetime) -> int:
    """A batch; without `said_at` there is no passage left."""
    hold_room(caucus.pk)
    rows = Concern.objects.filter(caucus=caucus.pk, said_at__lt=before)
    return _empty(rows.order_by("said_at", "pk")[:A_BATCH])


def _empty(concerns: QuerySet[Concern]) -> int:
    rows = list(concerns)
    for row in rows:
        row.excerpt, row.said_at = "", None
    save_all(rows, "excerpt", "said_at")
    return len(rows)


@transaction.atomic
def _some(caucus: Caucus, day: date) -> int:
    hold_room(caucus.pk)
    rows = Concern.objects.filter(caucus=caucus.pk, sent_on__lt=day).order_by("sent_on", "pk")
    found = list(rows.values_list("pk", flat=True)[:A_BATCH])
    Concern.objects.filter(pk__in=found).delete()
    return len(found)
