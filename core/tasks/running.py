"""Running tasks: one after the other, each under its lease, which a thread renews while it takes long."""

from __future__ import annotations

import logging
import os
import threading
import time
from contextvars import ContextVar
from types import FrameType

from django.conf import settings
from django.db import connections
from django.db.utils import Error as DatabaseTrouble

from core.logs import where_it_happened, without_words
from core.models import TaskLease
from core.tasks import queue
from core.tasks.queue import Claim

log = logging.getLogger("lodestar.worker")

#: A task that takes longer hangs. Its process ends itself then, and the task counts as one whose worker died.
LONGEST_RUN = 60 * 60.0

_in_hand: ContextVar[Claim | None] = ContextVar("task_in_hand", default=None)


class LeaseLost(Exception):
    """Another worker has taken the task. What this one was about to write is not written."""


class Stopped(BaseException):
    """The worker is to end now. No Exception, so that no task takes it for an error of its own."""


class Stop:
    """Whether the worker is to end. `ask` is a handler of signals: it also ends the task in hand, where there is one."""

    def __init__(self) -> None:
        self.is_asked = threading.Event()
        self.may_interrupt = False

    def ask(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """End. Raises Stopped out of the task in hand."""
        self.is_asked.set()
        if self.may_interrupt:
            self.may_interrupt = False  # once
            raise Stopped


def still_mine() -> None:
    """To be called first in each transaction in which a task writes: holds its lease until that ends.

    Raises LeaseLost when another worker has taken the task. Outside of a task it does nothing.
    """
    mine = _in_hand.get()
    if mine is None:
        return
    rows = TaskLease.objects.select_for_update().filter(task=mine.task, key=mine.key)
    if rows.first() is None:
        raise LeaseLost


def work_off(stop: Stop | None = None) -> int:
    """Do what is due here and now, one after the other, until there is nothing or the stop is asked; returns how many."""
    done = 0
    while not (stop and stop.is_asked.is_set()) and (mine := queue.claim()) is not None:
        run(mine, stop or Stop())
        done += 1
    return done


def run(mine: Claim, stop: Stop) -> None:
    """Run a claimed task and write down what came of it. Raises DatabaseTrouble when that cannot be written down now."""
    token = _in_hand.set(mine)
    try:
        with Keeper(mine):
            _call(mine, stop)
    except Stopped:
        _close_lost()
        queue.give_back(mine)
    except LeaseLost:
        log.warning("A task was taken over by another worker. Nothing of this one was written.")
    except Exception as problem:  # one task must not stop the others (threats H8)
        _close_lost()
        kind = f"{type(problem).__module__}.{type(problem).__qualname__}"
        queue.fail(mine, kind, where_it_happened(without_words(problem)))
    else:
        queue.finish(mine)
    finally:
        _in_hand.reset(token)


def _call(mine: Claim, stop: Stop) -> None:
    try:
        stop.may_interrupt = True
        if stop.is_asked.is_set():
            raise Stopped
        mine.call()
    finally:
        stop.may_interrupt = False


def _close_lost() -> None:
    """What the task left half-way is rolled back before anything is written down."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:  # of a caller, as in a story
            connection.close()


class Keeper:
    """Renews a lease from a thread with connections of its own, four times while it lasts."""

    def __init__(self, mine: Claim) -> None:
        self._mine = mine
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Keeper:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join(timeout=settings.TASK_LEASE.total_seconds())

    def _keep(self) -> None:
        began, pause = time.monotonic(), settings.TASK_LEASE.total_seconds() / 4
        while not self._over.wait(pause):
            if time.monotonic() - began > LONGEST_RUN:
                log.error("A task takes longer than an hour. Its process ends now.")
                os._exit(70)
            try:
                if not queue.renew(self._mine):
                    return
            except DatabaseTrouble as problem:
                log.warning("A lease could not be renewed: %s.", type(problem).__name__)
            finally:
                connections.close_all()
