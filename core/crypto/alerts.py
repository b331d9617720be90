"""One word to the operator when something sealed does not open: which kind of thing, never whose, which or what."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache

from core import doors

log = logging.getLogger("lodestar.sealed")

ONCE_IN = 24 * 3600  # seconds: a page that is opened again and again alarms nobody again and again


def could_not_open(row: Any) -> None:
    """Say in the log, and through the door `alarm`, that a value of this kind of row cannot be opened; once a day each."""
    kind = row._meta.label_lower
    if cache.add(f"sealed-alarm:{kind}", True, ONCE_IN):
        log.error(
            "A sealed value of %s cannot be opened: it was damaged or moved, or its key is gone.",
            kind,
        )
        doors.ask("alarm", what="sealed")
