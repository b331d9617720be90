"""Tasks for these stories. What they do is a row of `FormResult`, because the kernel has no noun of ours."""

import os
import signal
import time
from uuid import UUID, uuid4

from django.db import transaction

from core.models import FormResult
from core.tasks import still_mine, worker_task


def write(whose, what):
    FormResult.objects.create(member=whose, form=what, key=uuid4(), body="")


def written(whose, what="done"):
    return FormResult.objects.filter(member=whose, form=what).count()


def _given_up(whose: UUID) -> None:
    write(whose, "given up")


def _given_up_badly(whose: UUID) -> None:
    raise RuntimeError("the plum tree")


@transaction.atomic
def finish(whose):
    """The effect, once, however often it is begun."""
    still_mine()
    if not written(whose):
        write(whose, "done")


@worker_task()
def mark(whose: UUID) -> None:
    finish(whose)


@worker_task()
def mark_number(whose: UUID, number: int) -> None:
    write(whose, f"number {number + 1}")


@worker_task(gave_up=_given_up)
def poison(whose: UUID) -> None:
    write(whose, "begun")
    raise ValueError("the plum tree")


@worker_task(gave_up=_given_up_badly)
def poison_twice(whose: UUID) -> None:
    raise ValueError("the plum tree")


@worker_task()
def slow_at_first(whose: UUID) -> None:
    """Takes long the first time: a story kills its worker, or asks it to end."""
    write(whose, "begun")
    if written(whose, "begun") == 1:
        time.sleep(60)
    finish(whose)


@worker_task()
def seven_seconds(whose: UUID) -> None:
    write(whose, "begun")
    time.sleep(7)
    finish(whose)


@worker_task(gave_up=_given_up)
def deadly(whose: UUID) -> None:
    write(whose, "begun")
    os.kill(os.getpid(), signal.SIGKILL)
