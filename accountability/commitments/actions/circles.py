"""Who sees it: fewer at any time and at once, more after one more question."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accountability.commitments.actions.commitments import Conflict, held
from accountability.commitments.actions.copies import (
    has_name,
    public_name,
    publish,
    publish_progress,
    with_name,
    withdraw,
)
from accountability.commitments.choices import CHANGES, PUBLISHED, Circle, Step
from accountability.commitments.models import Commitment, PublishedCopy
from accountability.commitments.permissions import can_change_commitment, cohorts_to_share_with
from accountability.commitments.querysets import CopyQuerySet
from core.access import require


class NoName(Exception):
    """Its owner goes by no name yet, under which it could be published. Nothing was changed."""


@transaction.atomic
def narrow(*, by: Any, commitment: Commitment, circle: str, cohort: Any | None = None) -> None:
    """Let fewer people see it, from this moment on. The copy for the wider circle goes, with all that was published in it.

    From everybody to one cohort, that cohort gets a copy of its own. Works also on a text that cannot be opened.
    """
    row = held(commitment)
    require(can_change_commitment(by, row))
    if row.circle == circle:
        return
    require(CHANGES.get((row.circle, circle)) == Step.NARROWS)
    published = withdraw(row)
    _set(row, by, circle, cohort)
    if circle in PUBLISHED:
        copy = publish(row)
        for progress in published:
            progress.commitment = row
            publish_progress(copy, progress)


@transaction.atomic
def widen(
    *, by: Any, commitment: Commitment, circle: str, seen: int, cohort: Any | None = None
) -> None:
    """Let more people see it, as its owner was shown it in version `seen`; Conflict when it says something else by now.

    NoName when it would be published under none.

    For a cohort or everybody a copy is published under the name that its owner agreed to. Earlier progress stays behind.
    """
    row = held(commitment)
    require(can_change_commitment(by, row))
    if row.circle == circle and row.cohort_id == (cohort.pk if cohort else None):
        return
    require(CHANGES.get((row.circle, circle)) == Step.WIDENS)
    if row.version != seen:
        raise Conflict(row)
    if circle in PUBLISHED and not has_name(row):
        raise NoName
    withdraw(row)
    _set(row, by, circle, cohort)
    if circle in PUBLISHED:
        publish(row)


def refresh_names(rows: CopyQuerySet | None = None) -> int:
    """Give published copies (all of them, or these) the name that their owner or organization goes by now; returns how many changed."""
    copies = (PublishedCopy.objects.all() if rows is None else rows).select_related(
        "commitment__owner", "commitment__role__organization", "commitment__role__holder"
    )
    changed = 0
    for copy in copies.iterator(chunk_size=500):
        name = public_name(copy.commitment)
        if name and name != copy.name:
            with_name(copy, name)
            changed += 1
    return changed


def _set(row: Commitment, by: Any, circle: str, cohort: Any | None) -> None:
    is_for_cohort = circle == Circle.COHORT
    require(
        not is_for_cohort
        or (cohort is not None and cohorts_to_share_with(by).filter(pk=cohort.pk).exists())
    )
    row.circle, row.cohort = circle, cohort if is_for_cohort else None
    row.save(update_fields=["circle", "cohort"])
