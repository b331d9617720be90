"""Putting tasks in, once each, in the transaction of what they follow from."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.tasks.declaring import IDS, KeptTask

#: Stands in the ids of all our tasks: changed, everything that waits could be put in a second time.
OURS = UUID("5b1f2a60-6c0b-4b0e-9d3c-6a1f0c9b7e15")


def enqueue_once(task: KeptTask, *ids: UUID | int, key: str = "") -> UUID:
    """Have the worker do this, once: for the same task and key there is one row, whoever asks and how often. Returns its id.

    In the caller's transaction: the task exists if and only if what it follows from does. `key` is what makes it one, the ids
    themselves where it is empty. Once means once: while the row is kept (7 days, 30 when it was given up) the same key
    starts nothing again, whether the first waits, runs, is done or was given up. Who wants it again says so in the key: a
    new row's id, a number that counts up, the day. A key is no secret and holds no word of a member: it cannot be read back,
    but it can be guessed. Raises TypeError for an argument that is no id.
    """
    row = _row(task, ids, key)
    DBTaskResult.objects.bulk_create([row], ignore_conflicts=True)
    return row.pk


def still_wanted(task: KeptTask, *ids: UUID | int, key: str = "") -> bool:
    """For an hourly look at rows that wait: put in again what is gone, or is said to be done while its row still waits.

    What waits, runs, or was given up stays as it is. Says whether something was put in. Raises TypeError as `enqueue_once`.
    """
    row = _row(task, ids, key)
    rows = DBTaskResult.objects.filter(pk=row.pk)
    if rows.exclude(status=TaskResultStatus.SUCCESSFUL).exists():
        return False
    with transaction.atomic():
        rows.filter(status=TaskResultStatus.SUCCESSFUL).delete()
        DBTaskResult.objects.bulk_create([row], ignore_conflicts=True)
    return True


def id_of(task: KeptTask, key: str) -> UUID:
    """The id of the row for this task and key: the same on every machine and in every process."""
    return uuid5(OURS, f"{task.module_path}|{key}")


def _row(task: KeptTask, ids: tuple[UUID | int, ...], key: str) -> DBTaskResult:
    for one in ids:
        if not isinstance(one, IDS) or isinstance(one, bool):
            raise TypeError(f"A task is given ids alone, not a {type(one).__name__}.")
    return DBTaskResult(
        id=id_of(task, key or "|".join(map(str, ids))),
        args_kwargs={"args": [_as_json(one) for one in ids], "kwargs": {}},
        priority=task.priority,
        task_path=task.module_path,
        queue_name=task.queue_name,
        run_after=get_date_max(),  # what django-tasks-db calls at once
        backend_name=task.backend,
    )


def _as_json(one: UUID | int) -> str | int:
    return str(one) if isinstance(one, UUID) else one


def as_id(value: str | int) -> UUID | int:
    """The argument as it was given, from what stands in the row. Raises ValueError when it is no id."""
    return UUID(value) if isinstance(value, str) else int(value)
