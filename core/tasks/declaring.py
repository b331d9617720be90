"""What a task of ours is: a function that takes ids, and what is said to people when it is given up."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

BACKEND = "worker"
#: What an argument may be: the row of a task stands readable in the database, and so do its arguments.
IDS: tuple[type, ...] = (UUID, int)
_NAMES = {"UUID", "int"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTask(Task):
    """A task that is done once in effect, whatever becomes of its workers. `gave_up` gets the same ids when it dies."""

    gave_up: Callable[..., object] | None = None


class LeasedBackend(DatabaseBackend):
    """Rows as django-tasks-db keeps them. They are put in by `enqueue_once` alone, and run by `core.tasks.running`."""

    task_class = KeptTask  # type: ignore[assignment]

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> NoReturn:
        """Always raises TypeError: a task without a key would be done twice, and its arguments are asked for nowhere."""
        raise TypeError("A task of the worker is put in with core.tasks.enqueue_once.")

    async def aenqueue(self, task: Any, args: Any, kwargs: Any) -> NoReturn:
        """Always raises TypeError."""
        self.enqueue(task, args, kwargs)


def worker_task(
    *, gave_up: Callable[..., object] | None = None
) -> Callable[[Callable[..., object]], KeptTask]:
    """Declare a function of a module as work for the worker.

    It may be begun several times, by several workers, and must come to the same: it looks what is still to be done, writes
    in one transaction whose first act is `still_mine()`, and puts up with rows that are gone. `gave_up` is called with its
    ids, in the transaction in which it dies after five failures, and says so where people look.
    Raises TypeError for a function whose arguments are not all declared as UUID or int.
    """

    def declare(function: Callable[..., object]) -> KeptTask:
        for name, argument in inspect.signature(function).parameters.items():
            if not takes_an_id(argument):
                raise TypeError(
                    f"{function.__qualname__}({name}) must be a UUID or an int: a task is given ids alone."
                )
        declared: Any = task(backend=BACKEND, gave_up=gave_up)  # type: ignore[call-overload]
        return declared(function)  # type: ignore[no-any-return]

    return declare


def takes_an_id(argument: inspect.Parameter) -> bool:
    """Whether the argument is declared as an id, by position."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return argument.kind in kinds and (argument.annotation in IDS or argument.annotation in _NAMES)
