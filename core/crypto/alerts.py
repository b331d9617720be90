"""One word to the operator when something sealed does not open: which kind of thing, never whose, which or what."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache import cache
from django.db.utils import Error as DatabaseTrouble

from core import doors

log = logging.getLogger("lodestar.sealed")

ONCE_IN = 24 * 3600  # seconds: a page that is opened again and again alarms nobody again and again


def could_not_open(row: Any) -> None:
    """Say in the log, and through the door `alarm`, that a value of this kind of row cannot be opened; once a day each."""
    kind = row._meta.label_lower
    if _is_news(kind):
        log.error(
            "A sealed value of %s cannot be opened: it was damaged or moved, or its key is gone.",
            kind,
        )
        doors.ask("alarm", what="sealed")


def _is_news(kind: str) -> bool:
    """Whether nobody was told of this kind today; yes when the shared cache is away, since the alarm itself counts too."""
    try:
        return bool(cache.add(f"sealed-alarm:{kind}", True, ONCE_IN))
    except DatabaseTrouble:
        raise
    except Exception:  # whatever a client of the store raises: the page that is being read goes on
        return True
