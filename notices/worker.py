"""The worker's rounds: mail that is due, regular work, a sign of life. It outlives a lost database.

Tasks are done beside it, in a process of their own that it looks after (core/tasks/process.py).
"""

from __future__ import annotations

import logging
import os
import threading
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.utils import Error as DatabaseTrouble
from django.utils import timezone
from redis.exceptions import RedisError

from core.handed import is_one_machine
from core.steady import SteadyClock, clock_here
from core.tasks.process import Companion
from notices import outbox
from notices.chores import do_due_chores, run_offers
from notices.delivery import deliver

log = logging.getLogger("lodestar.worker")

PAUSE = 2.0  # seconds between rounds
MOST_A_ROUND = 100
LONGEST_PAUSE = 5.0  # seconds between tries while the database is away: the site is back within ten
CHORES_EVERY = timedelta(minutes=1)


#: Under which the workers of several machines leave their sign of life for the others, and for how many seconds.
HEARD, HEARD_FOR = "worker-heard", 24 * 3600


class Worker:
    """Runs rounds until told to stop. Several may run side by side: claims keep them apart."""

    _clock: SteadyClock | None = None

    def __init__(
        self, *, heartbeat: Path, stop: threading.Event, companion: Companion | None = None
    ) -> None:
        self.heartbeat = heartbeat
        self.stop = stop
        self.companion = companion
        self._chores_at = timezone.now()
        self._failures = 0

    def run(self) -> None:
        """Rounds until the stop is set; returns after the mail in hand, when the tasks have ended too."""
        try:
            while not self.stop.is_set():
                if self.companion is not None:
                    self.companion.look_after()
                self.stop.wait(self.guarded_round())
        finally:
            if self.companion is not None:
                self.companion.end()

    def guarded_round(self) -> float:
        """One round, and how many seconds to wait before the next; longer each time while the database is away."""
        try:
            taken = self.round()
        except DatabaseTrouble as problem:
            self._failures += 1
            pause = min(2.0 ** (self._failures - 1), LONGEST_PAUSE)
            kind = type(problem).__name__
            log.warning("The database does not answer (%s). Trying again in %d s.", kind, pause)
            return pause
        finally:
            close_connections()
        self._failures = 0
        return 0.0 if taken >= MOST_A_ROUND else PAUSE

    def round(self) -> int:
        """Send what is due, do regular work, leave a sign of life. Returns how many mails were taken up."""
        self._clock = self._clock or clock_here()
        beat(self.heartbeat)
        taken = self.send_due()
        now = timezone.now()
        if now >= self._chores_at or self._chores_at - now > CHORES_EVERY:
            self._chores_at = now + CHORES_EVERY
            do_due_chores(now, is_doubtful=self._clock.has_leapt_ahead())
        run_offers("every_round", now)  # what somebody waits for
        return taken

    def send_due(self) -> int:
        """Send due mail until there is none, the server is away, or the stop is set."""
        for taken in range(MOST_A_ROUND):
            mail = None if self.stop.is_set() else outbox.claim(timezone.now())
            if mail is None:
                return taken
            if not outbox.attempt(mail, deliver, timezone.now()):
                return taken + 1
            beat(self.heartbeat)
        return MOST_A_ROUND


def heartbeat_file() -> Path:
    """Where this machine's worker leaves its sign of life."""
    return Path(settings.VAR) / "worker.heartbeat"


def beat(heartbeat: Path) -> None:
    """Write the time into the heartbeat file, which the supervisor and the operator may look at, and tell other machines."""
    draft = heartbeat.with_name(f".{heartbeat.name}.{os.getpid()}")
    try:
        heartbeat.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(f"{timezone.now().isoformat()}\n", encoding="ascii")
        draft.replace(heartbeat)
        if not is_one_machine():
            cache.set(HEARD, timezone.now().isoformat(), HEARD_FOR)
    except (OSError, RedisError) as problem:
        log.warning("The heartbeat cannot be written (%s). Mail goes on.", type(problem).__name__)


def close_connections() -> None:
    """Close the database connections, so that an idle worker holds none; not inside a caller's transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
