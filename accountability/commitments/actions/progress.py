"""Saying how it goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.commitments import notifications
from accountability.commitments.actions.commitments import held
from accountability.commitments.actions.copies import publish_progress
from accountability.commitments.choices import State
from accountability.commitments.models import Commitment, Progress, PublishedCopy
from accountability.commitments.permissions import can_change_commitment
from core.access import require


@transaction.atomic
def add_progress(
    *,
    by: Any,
    commitment: Commitment,
    sentence: str,
    state: str,
    reason: str = "",
    publishes: bool = False,
    review_on: date | None = None,
) -> Progress:
    """Add a sentence and a state to the history. `publishes` shows the sentence and the state (never the reason) with the copy.

    Who has said how it goes has looked at it: a review date that has come is done, and `review_on` may set another.
    Raises Gone, and ValueError for an unknown state, or a changed one without its reason.
    """
    if state not in State.values or (state == State.CHANGED and not reason):
        raise ValueError("A state that is known, and for a changed one its reason.")
    row = held(commitment)
    require(can_change_commitment(by, row))
    progress = Progress(commitment=row, by=by, sentence=sentence, state=state, reason=reason)
    progress.save(force_insert=True)
    if row.review_on is not None and row.review_on <= timezone.localdate():
        row.review_on = None
    row.review_on, row.nudges, row.nudged_on = review_on or row.review_on, 0, None
    row.save(update_fields=["review_on", "nudges", "nudged_on"])
    copy = PublishedCopy.objects.filter(commitment=row).first()
    if publishes and copy is not None:
        publish_progress(copy, progress)
    notifications.progress_made(row)
    return progress
