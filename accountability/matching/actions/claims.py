"""Taking work that waits, so that of several workers one does it, and another one when that one was killed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from accountability.matching.choices import MOST_TRIES, RoundState
from accountability.matching.models import Preview, Round

log = logging.getLogger("lodestar.worker")

Work = TypeVar("Work", Round, Preview)


def claim(row: Work, now: datetime) -> bool:
    """Take it; False when another worker was quicker, or when so many have died over it that it is given up.

    `tries` tells the claims apart: what a worker found that was thought dead is not written by a later claim's leave.
    """
    same = type(row).objects.filter(pk=row.pk, state=row.state, tries=row.tries)
    if row.tries >= MOST_TRIES:
        _close(same, RoundState.FAILED, now)
        return False
    row.tries += 1
    row.state, row.taken_at = RoundState.SOLVING, now
    return bool(same.update(state=row.state, taken_at=now, tries=row.tries))


def still_mine(row: Work) -> QuerySet[Work]:
    """The row, while no other worker has taken it since."""
    rows = type(row).objects.filter(pk=row.pk, state=RoundState.SOLVING, tries=row.tries)
    return rows  # type: ignore[return-value]


def done(row: Work, now: datetime) -> None:
    """It is finished. Called in the transaction that writes what was found."""
    _close(still_mine(row), RoundState.DONE, now)


def give_up(row: Work, now: datetime) -> None:
    """It went wrong. Nothing was written, and nobody was told anything."""
    _close(still_mine(row), RoundState.FAILED, now)


def guarded(row: Work, work: Callable[[Work], object], now: datetime) -> None:
    """Do the work. What goes wrong is logged by its kind alone, for a message may hold a name, and is not tried again."""
    try:
        work(row)
    except Exception as problem:  # one round that cannot be made must not stop the worker
        log.error("A %s could not be made: %s.", row._meta.label_lower, type(problem).__name__)
        give_up(row, now)


def _close(rows: QuerySet, state: RoundState, now: datetime) -> None:
    values = {"finished_at": now} if rows.model is Round else {}
    rows.update(state=state, **values)
