"""What becomes of workers and tasks, for stories of every app."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from core.tasks import queue, work_off
from core.tasks.queue import Watch


class Seconds:
    """A clock that only goes when it is told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def leases_run_out():
    """Every task that runs is taken back, as when its worker has died; returns how many."""
    watch = Watch(clock := Seconds())
    watch.take_back()
    clock.now = 1_000
    return watch.take_back()


def until_given_up():
    """Five tries at what is due, each after its wait."""
    begin = timezone.now()
    for minutes in (0, 2, 5, 10, 20):
        with time_machine.travel(begin + timedelta(minutes=minutes), tick=False):
            work_off()


def five_workers_die():
    """Five workers take what is due, and die over it."""
    begin = timezone.now()
    for hours in range(5):
        with time_machine.travel(begin + timedelta(hours=2 * hours), tick=False):
            queue.claim()
            leases_run_out()
