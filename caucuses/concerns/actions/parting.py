"""What of the reports ends when a seat goes, and when their time is over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

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
        for row in about:
            row.excerpt = ""
            row.save(update_fields=["excerpt"])


def expire_concerns(*, caucus: Caucus, before: datetime, **_given: Any) -> int:
    """Delete reports that were sent on a day before this moment's. Returns how many went."""
    day = timezone.localdate(before, timezone=timezone.get_default_timezone())
    gone = 0
    while found := _some(caucus, day):
        gone += found
    return gone


@transaction.atomic
def _some(caucus: Caucus, day: date) -> int:
    rows = Concern.objects.filter(caucus=caucus.pk, sent_on__lt=day).order_by("sent_on", "pk")
    found = list(rows.values_list("pk", flat=True)[:A_BATCH])
    Concern.objects.filter(pk__in=found).delete()
    return len(found)
