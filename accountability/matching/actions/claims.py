"""How far a round or a preview is: begun, done, or given up. Who does it, and whether they live, is the tasks' (core.tasks)."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accountability.matching.choices import RUNNING, RoundState
from accountability.matching.models import Preview, Round

log = logging.getLogger("lodestar.worker")

Work = TypeVar("Work", Round, Preview)


def begun(kind: type[Work], pk: UUID) -> Work | None:
    """The row, which is being worked on from now on; None when it is over, or gone."""
    rows = kind.objects.filter(pk=pk, state__in=RUNNING)
    rows.update(state=RoundState.SOLVING)
    return rows.select_related("cohort").first()  # type: ignore[return-value]


def still_open(row: Work) -> QuerySet[Work]:
    """The row, while nobody has finished it."""
    rows = type(row).objects.filter(pk=row.pk, state__in=RUNNING)
    return rows  # type: ignore[return-value]


def done(row: Work, now: datetime) -> None:
    """It is finished. Called in the transaction that writes what was found."""
    _close(still_open(row), RoundState.DONE, now)


def give_up(kind: type[Work], pk: UUID) -> None:
    """It could not be made. Nothing was written, and nobody was told anything."""
    log.error("A %s could not be made.", kind._meta.label_lower)
    _close(kind.objects.filter(pk=pk, state__in=RUNNING), RoundState.FAILED, timezone.now())


def _close(rows: QuerySet, state: RoundState, now: datetime) -> None:
    values = {"finished_at": now} if rows.model is Round else {}
    rows.update(state=state, **values)
