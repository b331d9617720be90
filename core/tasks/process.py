"""The process that does tasks, and the worker's hold on it.

Tasks have a process of their own beside the one that sends mail: some take a minute of arithmetic in which no other thread
of the process gets a turn, some take much memory, and one that takes its process down must not take mail down with it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.db import connections
from django.db.utils import Error as DatabaseTrouble

from core.tasks import queue
from core.tasks.queue import Claim, Watch
from core.tasks.running import Stop, run

log = logging.getLogger("lodestar.worker")

PAUSE = 1.0  # seconds between rounds
LONGEST_PAUSE = 5.0  # seconds between tries while the database is away: the site is back within ten
GRACE = 6.0  # seconds to give a task back; the supervisor ends all after ten
UNTIL_STDIN_ENDS = "--until-stdin-ends"


class Tasks:
    """Does tasks until told to stop. Several may run side by side, on several machines."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop
        self._watch = Watch()
        self._unfinished: Claim | None = None
        self._failures = 0

    def run(self) -> None:
        """Rounds until the stop is asked; the task in hand is given back then."""
        while not self.stop.is_asked.is_set():
            self.stop.is_asked.wait(self.guarded_round())

    def guarded_round(self) -> float:
        """One round, and how many seconds to wait before the next; longer each time while the database is away."""
        try:
            self.round()
        except DatabaseTrouble as problem:
            self._failures += 1
            pause = min(2.0 ** (self._failures - 1), LONGEST_PAUSE)
            log.warning("Tasks wait for the database (%s): %d s.", type(problem).__name__, pause)
            return pause
        finally:
            for connection in connections.all(initialized_only=True):
                if not connection.in_atomic_block:
                    connection.close()
        self._failures = 0
        return PAUSE

    def round(self) -> int:
        """Take back what others left, then do what is due; returns how many tasks were taken up.

        What was in hand when the database went away is given back first: that was no fault of the task's.
        """
        if self._unfinished is not None:
            queue.give_back(self._unfinished)
            self._unfinished = None
        self._watch.take_back()
        taken = 0
        while not self.stop.is_asked.is_set() and (mine := queue.claim()) is not None:
            self._unfinished = mine
            run(mine, self.stop)
            self._unfinished = None
            taken += 1
            self._watch.take_back()
        return taken


def end_with(stop: Stop) -> None:
    """End when whoever started this process is gone, however they went: only they hold the other end of its stdin."""

    def wait() -> None:
        with contextlib.suppress(
            OSError
        ):  # not through sys.stdin, whose lock would hold up the end
            while os.read(0, 1024):
                pass
        if not stop.is_asked.is_set():
            os.kill(os.getpid(), 15)
        time.sleep(GRACE)
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


class Companion:
    """The worker's hold on the process that does tasks: it comes back when it dies, and ends when the worker does."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._due = self._started = 0.0
        self._wait = PAUSE

    def look_after(self) -> None:
        """Start it when it does not run, after a wait that doubles while it does not last."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            log.warning("Tasks ended (status %s) and begin again.", self.process.returncode)
            self.process = None
            lasted = now - self._started > LONGEST_PAUSE
            self._wait = PAUSE if lasted else min(self._wait * 2, LONGEST_PAUSE)
            self._due = now + self._wait
        if self.process is None and now >= self._due:
            self._started = now
            command = [sys.executable, str(settings.ROOT / "manage.py"), "run_tasks"]
            self.process = subprocess.Popen(  # noqa: S603 (our own program and nothing from outside)
                [*command, UNTIL_STDIN_ENDS], stdin=subprocess.PIPE
            )

    def ask_to_end(self) -> None:
        """Have it give its task back and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Ask it, wait a little, then end it by force: its task is then taken back when its lease has run out."""
        if self.process is None:
            return
        self.ask_to_end()
        try:
            self.process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None
