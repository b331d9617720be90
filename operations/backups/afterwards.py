"""What a backup brings back and must not go on: mail, log-ins, links, work that was under way. Each app ends its own part.

The results of forms stay: what they stand for is in the same backup. A form that was sent after it is unknown here, so sending it
once more does what it says.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connections
from django_tasks_db.models import DBTaskResult

from accounts.erasing import erase_departed
from core import doors


def forget_what_is_over(now: datetime) -> dict[str, int]:
    """End all of it; returns what, in words, with its number. May be run again."""
    ended: dict[str, int] = {}
    for offer in doors.offers("restored"):
        ended |= offer(now=now)
    ended["tasks that a worker had begun, waiting again"] = _wait_again()
    _empty_shared_cache()
    return ended


def erase_again(now: datetime) -> int:
    """Erase everybody whose key is destroyed, and those whose seven days are over; what fails, the worker goes on with."""
    return erase_departed(now=now)


def _wait_again() -> int:
    """A task whose worker is not of this machine waits for another: tasks may be run twice."""
    begun = DBTaskResult.objects.filter(status="RUNNING")
    return begun.update(status="READY", started_at=None)


def _empty_shared_cache() -> None:
    """What was counted on that day counts no more. A cache outside the database has nothing of that day."""
    tables = connections["default"].introspection.table_names()
    for name, values in settings.CACHES.items():
        cache = caches[name]
        if isinstance(cache, BaseDatabaseCache) and values["LOCATION"] in tables:
            cache.clear()
