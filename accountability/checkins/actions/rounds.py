"""How the worker goes through many pairs: one after the other, and past one that fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.db.utils import Error as DatabaseTrouble

from accountability.checkins.actions.holding import Gone
from accountability.checkins.keys import SHUT
from core.crypto.alerts import could_not_open

log = logging.getLogger("lodestar.checkins")

A_BATCH = 200


def for_each(rows: QuerySet[Any], act: Callable[[Any], object]) -> int:
    """Do `act` with each row once, a batch at a time; returns with how many it was done.

    It goes on after the last row whatever became of that one, so that one which fails each time is in nobody's way.
    """
    done, left = 0, rows.order_by("pk")
    while batch := list(left[:A_BATCH]):
        done += sum(_guarded(act, row) for row in batch)
        if len(batch) < A_BATCH:
            break
        left = rows.order_by("pk").filter(pk__gt=batch[-1].pk)
    return done


def _guarded(act: Callable[[Any], object], row: Any) -> bool:
    try:
        act(row)
    except DatabaseTrouble:
        raise  # the worker waits for the database and goes on
    except Gone:
        return False
    except SHUT:
        could_not_open(row)
        return False
    except (
        Exception
    ) as problem:  # what is wrong with one pair must not stop the others (threats H8)
        kind = row._meta.label_lower
        log.error("Work with a %s failed: %s", kind, type(problem).__name__)
        return False
    return True
