"""A second database to read public pages from: an optional replica of the main one (REPLICA_DATABASE_URL), on PostgreSQL.

Only pages that are the same for everybody who is signed out are read there, and of these none that hold what a person may take
back. What is read there may lag a few seconds behind; when it lags more, or does not answer, the main database is asked, and
the reader notices nothing. A page that was made there is kept under the version that the replica holds, whose content is
of that version or newer, because both were changed in one transaction.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.db.utils import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse

from core.publicpages import may_be_kept
from core.routers import is_of_keys

Next = Callable[[HttpRequest], HttpResponse]
ALIAS = "replica"
#: Seconds behind the main database; beyond, it is not read.
MOST_LAG = 10.0
#: Seconds between looks at it, and for which it is left alone when it does not answer or lags.
LOOK_EVERY = 5.0

#: How far the main database has written, and how far the replica has applied that; as bytes since the beginning.
WRITTEN = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"
APPLIED = """
SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0'::pg_lsn
"""
log = logging.getLogger("lodestar.replica")
_reading: ContextVar[bool] = ContextVar("reads_from_replica", default=False)


class ReplicaRouter:
    """Reads from the replica inside of `reading_there`; nothing is ever written or migrated there."""

    def db_for_read(self, model: type[Model], instance: Any = None, **_hints: Any) -> str | None:
        """The replica for what is read now, but for the tables of keys.

        What was read there may be kept in memory and asked for more by a member's request: that is read where it is written.
        """
        if is_of_keys(model):
            return None
        return ALIAS if _reading.get() else _home_of(instance)

    def db_for_write(self, _model: type[Model], instance: Any = None, **_hints: Any) -> str | None:
        """Never the replica, wherever the row was read."""
        return _home_of(instance)

    def allow_relation(self, left: Model, right: Model, **_hints: Any) -> bool | None:
        """Rows of the two are rows of one database."""
        return True if {left._state.db, right._state.db} == {ALIAS, "default"} else None

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool | None:
        """Its tables come from the main database."""
        return False if db == ALIAS else None


def _place_in(alias: str, question: str) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def _home_of(instance: Any) -> str | None:
    return "default" if instance is not None and instance._state.db == ALIAS else None


@contextmanager
def reading_there() -> Iterator[None]:
    """Ask the replica for what is read in here."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


class Watch:
    """Whether the replica is worth asking, as it was at the last look.

    What the replica says of itself does not count: one that has lost the main database believes for a minute that it has
    everything. So each look asks both, and the lag is the age of the last look whose state the replica has reached.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._is_good, self._again = False, 0.0
        self._looks: deque[tuple[float, int]] = deque(maxlen=int(2 * MOST_LAG / LOOK_EVERY) + 2)
        self._lock = Lock()

    def is_good(self) -> bool:
        """Look when it is time, one thread alone; the others go by what was seen before."""
        if self.clock() >= self._again and self._lock.acquire(blocking=False):
            try:
                self._note(self._look())
            finally:
                self._lock.release()
        return self._is_good

    def is_away(self) -> None:
        """It did not answer: leave it alone for a while."""
        self._note(None)

    def _look(self) -> float | None:
        """Seconds behind at most; None when one of the two does not answer."""
        now = self.clock()
        try:
            place, applied = self._places()
        except DatabaseTrouble:
            return None
        self._looks.append((now, place))
        reached = [at for at, written in self._looks if written <= applied]
        return now - max(reached) if reached else MOST_LAG + LOOK_EVERY

    @staticmethod
    def _places() -> tuple[int, int]:
        """How far the main database has written, asked first, and how far the replica has applied. Raises django.db.Error."""
        return _place_in("default", WRITTEN), _place_in(ALIAS, APPLIED)

    def _note(self, lag: float | None) -> None:
        is_good = lag is not None and lag <= MOST_LAG
        if is_good != self._is_good:
            said = "is read again" if is_good else "lags" if lag is not None else "does not answer"
            log.warning("The replica %s.", said)
        self._is_good, self._again = is_good, self.clock() + LOOK_EVERY


class ReplicaMiddleware:
    """In front of the public pages: has them made from the replica, and from the main database where that fails."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.watch = Watch()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a 503 from the replica is asked for again from the main database."""
        if not _is_for_replica(request) or not self.watch.is_good():
            return self.get_response(request)
        with reading_there():
            response = self.get_response(request)
        if response.status_code != 503:
            return response
        self.watch.is_away()
        request.__dict__.pop("content_version", None)
        return self.get_response(request)


def _is_for_replica(request: HttpRequest) -> bool:
    return (
        ALIAS in connections.databases
        and may_be_kept(request)
        and not request.path_info.startswith(settings.TAKEN_BACK)
    )
