"""The queue: a task is claimed, kept, finished, given back, or fails; what a dead worker left is taken from it.

No clock on the wall decides who is dead. A worker that is alive counts up `beats` in its lease; who has watched a lease for as
long as it lasts, by a clock that nobody sets, and saw it stand still, takes the task back. So a clock that jumps neither
strands a task nor has it done by two.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core import doors
from core.models import TaskLease
from core.retrying import LONGEST_WAIT, wait_after
from core.tasks.declaring import BACKEND, KeptTask
from core.tasks.enqueueing import as_id

log = logging.getLogger("lodestar.worker")

MOST_FAILURES = 5
DIED = "core.tasks.queue.WorkerDied"
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING


@dataclass(frozen=True)
class Claim:
    """A task that this worker has taken, and the key of its lease: whoever has another one has taken it since."""

    task: UUID
    path: str
    args: tuple[Any, ...]
    key: UUID

    def call(self) -> None:
        """Do it. Raises what the task raises, ImportError when there is no such task any more, ValueError for no ids."""
        _task(self.path).call(*_ids(self.args))


def claim() -> Claim | None:
    """Take the task that has been due longest; None when there is nothing to do."""
    due = _due(timezone.now())
    if not due.exists():
        return None  # asked outside a transaction, so that an idle worker never takes SQLite's one lock
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        row = due.order_by("-priority", "enqueued_at", "pk").first()
        if row is None or not _ours().filter(pk=row.pk, status=READY).update(
            status=RUNNING, started_at=timezone.now()
        ):
            return None
        key = uuid4()
        TaskLease.objects.update_or_create(task=row.pk, defaults={"key": key, "beats": 0})
    return Claim(row.pk, row.task_path, tuple(row.args_kwargs["args"]), key)


def renew(mine: Claim) -> bool:
    """Say that this worker is still at it; False when another one has taken the task."""
    return bool(_lease(mine).update(beats=F("beats") + 1))


@transaction.atomic
def finish(mine: Claim) -> bool:
    """It is done; False, and nothing changes, when another worker has taken it since."""
    if not _lease(mine).delete()[0]:
        return False
    values = {"exception_class_path": "", "traceback": "", "return_value": None}
    rows = DBTaskResult.objects.filter(pk=mine.task)
    rows.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), **values)
    return True


@transaction.atomic
def give_back(mine: Claim) -> bool:
    """Put it back, for whoever comes next: it was not its fault, and no failure is counted."""
    if not _lease(mine).update(key=None):
        return False
    DBTaskResult.objects.filter(pk=mine.task).update(status=READY, run_after=get_date_max())
    return True


@transaction.atomic
def fail(mine: Claim, kind: str, where: str = "") -> bool:
    """Count a failure: it is tried again after a wait, and dies of the fifth. `kind` names the error, `where` holds no word."""
    lease = _lease(mine).select_for_update().first()
    if lease is None:
        return False
    _failed(lease, kind, where)
    return True


@dataclass
class Watch:
    """One worker's watch over what others do. `clock` counts seconds and is never set; `lost` are tasks whose worker died."""

    clock: Callable[[], float] = time.monotonic
    _seen: dict[UUID, tuple[tuple[UUID | None, int], float]] = field(default_factory=dict)

    def take_back(self) -> int:
        """Take back each running task whose lease has stood still for as long as a lease lasts; returns how many."""
        running = set(_ours().filter(status=RUNNING).values_list("pk", flat=True))
        self._seen = {pk: seen for pk, seen in self._seen.items() if pk in running}
        if not running:
            return 0
        leases = {row.task: row for row in TaskLease.objects.filter(task__in=running)}
        return sum(self._look(pk, leases.get(pk) or TaskLease(task=pk)) for pk in running)

    def _look(self, pk: UUID, lease: TaskLease) -> int:
        as_seen, now = (lease.key, lease.beats), self.clock()
        before, since = self._seen.get(pk, (None, now))
        if before != as_seen:
            self._seen[pk] = (as_seen, now)
            return 0
        if now - since < settings.TASK_LEASE.total_seconds():
            return 0
        del self._seen[pk]
        return int(_take_back(pk, *as_seen))


@transaction.atomic
def _take_back(pk: UUID, key: UUID | None, beats: int) -> bool:
    """Whether it was still as it was seen. One without a lease, as a hand in the database may leave it, gets one."""
    TaskLease.objects.get_or_create(task=pk, defaults={"key": key, "beats": beats})
    rows = TaskLease.objects.filter(task=pk, key=key, beats=beats)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)  # held: its worker is writing just now
    lease = rows.first()
    if lease is None or not _ours().filter(pk=pk, status=RUNNING).exists():
        return False
    _failed(lease, DIED, "")
    return True


def _failed(lease: TaskLease, kind: str, where: str) -> None:
    now, row = timezone.now(), DBTaskResult.objects.filter(pk=lease.task)
    failures = lease.failures + 1
    log.warning("A task failed (%d of %d): %s.", failures, MOST_FAILURES, kind)
    if failures >= MOST_FAILURES:
        TaskLease.objects.filter(pk=lease.pk).delete()
        _die(row, kind, where, now)
        return
    TaskLease.objects.filter(pk=lease.pk).update(key=None, failures=failures)
    # The first worker that dies over it died of something else, most likely: it is tried again at once.
    at_once = kind == DIED and failures == 1
    row.update(status=READY, run_after=get_date_max() if at_once else now + wait_after(failures))


def _die(row: QuerySet[DBTaskResult], kind: str, where: str, now: datetime) -> None:
    """Close it, say so where people look, and tell the operators. Neither of the two may keep it alive."""
    values = {"exception_class_path": kind, "traceback": where, "return_value": None}
    row.update(status=TaskResultStatus.FAILED, finished_at=now, **values)
    found = row.values_list("task_path", "args_kwargs").first()
    if found is None:
        return  # somebody has deleted it by hand
    path, arguments = found
    log.error("A task was given up after %d failures: %s: %s.", MOST_FAILURES, path, kind)
    _guarded(lambda: _say_given_up(path, arguments["args"]))
    _guarded(lambda: doors.ask("alarm", what="task"))


def _say_given_up(path: str, args: list[Any]) -> None:
    gave_up = _task(path).gave_up
    if gave_up is not None:
        gave_up(*_ids(args))


def _guarded(work: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            work()
    except (OperationalError, InterfaceError):
        raise  # the database is away: the task dies when it is back
    except Exception as problem:
        log.error("That a task was given up could not be said: %s.", type(problem).__name__)


def _due(now: datetime) -> QuerySet[DBTaskResult]:
    """Those that wait. A time further ahead than the longest wait means at once, or was set before the clock jumped back."""
    waited = Q(run_after__lte=now) | Q(run_after__gt=now + LONGEST_WAIT)
    return _ours().filter(waited, status=READY)


def _ours() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(backend_name=BACKEND)


def _lease(mine: Claim) -> QuerySet[TaskLease]:
    return TaskLease.objects.filter(task=mine.task, key=mine.key)


def _task(path: str) -> KeptTask:
    found = import_string(path)
    if not isinstance(found, KeptTask):
        raise ImportError("There is no such task any more.")
    return found


def _ids(args: Any) -> list[UUID | int]:
    return [as_id(value) for value in args]
