"""The review date: a reminder for the owner alone, once and once more after 14 days. It judges nothing and ends nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accountability.commitments import notifications
from accountability.commitments.actions.commitments import held
from accountability.commitments.choices import REMINDED_AGAIN_AFTER, REMINDED_AT_HOUR
from accountability.commitments.models import Commitment
from accountability.commitments.permissions import can_change_commitment, keeper_of
from core.access import require
from core.clock import zone_named

#: The furthest that any wall is ahead of UTC.
FURTHEST_AHEAD = timedelta(hours=14)
A_BATCH = 500


@transaction.atomic
def snooze(*, by: Any, commitment: Commitment, until: date) -> None:
    """Look at it on a later day; both reminders come anew."""
    row = held(commitment)
    require(can_change_commitment(by, row))
    row.review_on, row.nudges, row.nudged_on = until, 0, None
    row.save(update_fields=["review_on", "nudges", "nudged_on"])


def remind(now: datetime) -> int:
    """Remind those whose review date has come, from nine o'clock on their own wall; returns how many were told.

    May be run as often as one likes, killed and run again: each reminder is noted in the transaction that tells of it.
    """
    latest = (now + FURTHEST_AHEAD).date()
    due = Commitment.objects.to_look_at(latest).order_by("pk").values_list("pk", flat=True)
    ids = list(due)
    return sum(
        _remind(row, now)
        for start in range(0, len(ids), A_BATCH)
        for row in Commitment.objects.for_page().filter(pk__in=ids[start : start + A_BATCH])
    )


def _remind(commitment: Commitment, now: datetime) -> bool:
    keeper = keeper_of(commitment)
    if keeper is None or not keeper.is_active or not can_change_commitment(keeper, commitment):
        return (
            False  # a vacant role, or one whose new holder has not taken this on: it waits for them
        )
    local = now.astimezone(zone_named(keeper.time_zone))
    if local.hour < REMINDED_AT_HOUR or local.date() < _due_on(commitment):
        return False
    with transaction.atomic():
        as_read = Commitment.objects.filter(
            pk=commitment.pk, nudges=commitment.nudges, review_on=commitment.review_on
        )
        told = as_read.update(nudges=commitment.nudges + 1, nudged_on=local.date())
        if told:
            notifications.review_is_due(commitment, keeper)
    return bool(told)


def _due_on(commitment: Commitment) -> date:
    first = commitment.review_on or date.max
    if commitment.nudges == 0 or commitment.nudged_on is None:
        return first
    return commitment.nudged_on + REMINDED_AGAIN_AFTER
