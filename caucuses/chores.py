"""Regular work goes room by room: one that is broken keeps no other waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db.utils import InterfaceError, OperationalError

log = logging.getLogger("lodestar.worker")


def guarded(work: Callable[[], int]) -> int:
    """Do the work of one room; 0 and a word without a name in the log where it fails. Tried again the next time."""
    try:
        return work()
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it and goes on
    except Exception as problem:  # whatever is wrong with this room, the others go on
        log.error("Regular work in one caucus failed: %s", type(problem).__name__)
        return 0
