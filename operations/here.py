"""What lies on this machine alone and must not stay: each machine of a site looks after its own, at its start and each hour.

The night's work and the hourly chores are done by one worker for all; which one, the moment decides.
"""

from __future__ import annotations

import contextlib
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from core.steady import clock_here
from operations.backups import keeping, places
from operations.backups.refusing import Refused

EVERY = 1800.0  # seconds
#: A draft of a worker that was killed; a living one is done in minutes.
DRAFTS_KEPT_FOR = timedelta(hours=6)

_next = {"at": 0.0}  # of this process, by a clock that nobody sets


def every_round(*, now: datetime, **_given: Any) -> None:
    """Look twice an hour."""
    if time.monotonic() >= _next["at"]:
        _next["at"] = time.monotonic() + EVERY
        tidy_here(now)


def tidy_here(now: datetime) -> None:
    """Delete sets that are too old, and drafts that nobody goes on with. What cannot be deleted now is tried again.

    Nothing goes while the clock of this machine is in doubt: it is tried again, too.
    """
    if clock_here().has_leapt_ahead():
        return
    with contextlib.suppress(OSError, Refused):
        if places.home().is_dir():
            with places.alone(places.home()):
                keeping.prune(now=now)
    for folder in (settings.PAPERS, settings.COPIES):
        for draft in Path(folder).glob("*.part"):
            with contextlib.suppress(OSError):
                if draft.stat().st_mtime < (now - DRAFTS_KEPT_FOR).timestamp():
                    draft.unlink()
