"""Real processes: killed in the middle, asked to end, two at once, a task that takes its process down (threats H7, H8)."""

import signal
import threading
import time
from uuid import uuid4

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from core.models import TaskLease
from core.tasks import enqueue_once, queue
from tests.core.tasks.samples import deadly, mark, seven_seconds, slow_at_first, written
from tests.notices import processes
from tests.notices.processes import start, start_worker

pytestmark = [
    pytest.mark.scripts,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
SHORT = "tests.core.tasks.short_lease"  # three seconds


def wait_for(condition):
    """A process takes two seconds to begin, and many times that on a busy machine."""
    return processes.wait_for(condition, seconds=200)


@pytest.fixture
def begin(tmp_path):
    """Starts processes that do tasks, and ends what is left of them."""
    begun = []

    def begin_one(command="run_tasks"):
        process = start_worker(tmp_path, SHORT) if command == "run_worker" else start(tmp_path, command, SHORT)  # fmt: skip
        begun.append(process)
        return process

    yield begin_one
    for process in begun:
        process.kill()
        process.communicate()


def state(task):
    return DBTaskResult.objects.get(pk=task).status


def test_a_task_whose_worker_is_killed_in_the_middle_is_done_once_by_the_next(begin):
    """H7: within its lease and a minute; here the lease is three seconds."""
    task = enqueue_once(slow_at_first, whose := uuid4())
    first = begin()
    assert wait_for(lambda: written(whose, "begun") == 1)
    first.kill()
    first.wait()

    begin()

    assert wait_for(lambda: state(task) == "SUCCESSFUL")
    assert (written(whose, "begun"), written(whose)) == (2, 1)
    assert TaskLease.objects.count() == 0


def test_asked_to_end_it_gives_its_task_back_at_once_and_no_failure_is_counted(begin):
    task = enqueue_once(slow_at_first, whose := uuid4())
    process = begin()
    assert wait_for(lambda: written(whose, "begun") == 1)

    process.send_signal(signal.SIGTERM)
    _out, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (0, "")
    assert (state(task), TaskLease.objects.get().failures) == ("READY", 0)


@pytest.mark.long
def test_a_task_that_takes_longer_than_its_lease_is_done_by_one_of_two_workers(begin):
    """H7: who is at it says so, four times while a lease lasts."""
    task = enqueue_once(seven_seconds, whose := uuid4())
    begin()
    begin()

    assert wait_for(lambda: state(task) == "SUCCESSFUL")
    assert (written(whose, "begun"), written(whose)) == (1, 1)


def test_the_worker_does_tasks_beside_mail_and_they_end_with_it(begin):
    """A long task holds up no mail; what takes its process down takes the worker down with it never."""
    long = enqueue_once(slow_at_first, whose := uuid4())
    worker = begin("run_worker")
    assert wait_for(lambda: written(whose, "begun") == 1)

    worker.send_signal(signal.SIGTERM)
    out, err = worker.communicate(timeout=30)

    assert err == ""
    assert out == "The worker has ended; no mail was left half-way.\n"
    assert (worker.returncode, state(long)) == (0, "READY")


@pytest.mark.long
def test_a_task_that_takes_its_process_down_is_followed_by_others(begin):
    """H8: the worker lives on, and starts the process again."""
    bad, good = enqueue_once(deadly, killed := uuid4()), enqueue_once(mark, whose := uuid4())
    worker = begin("run_worker")

    assert wait_for(lambda: state(good) == "SUCCESSFUL")
    assert wait_for(lambda: written(killed, "begun") == 2)
    assert (worker.poll(), written(whose)) == (None, 1)
    assert state(bad) in {"READY", "RUNNING"}


@pytest.mark.long
def test_when_the_worker_is_killed_the_process_for_tasks_ends_too(begin):
    """Nothing runs on that nobody looks after."""
    task = enqueue_once(slow_at_first, whose := uuid4())
    worker = begin("run_worker")
    assert wait_for(lambda: written(whose, "begun") == 1)

    worker.kill()
    worker.wait()

    assert wait_for(lambda: state(task) == "READY")


def test_several_workers_never_take_the_same_task():
    """SKIP LOCKED on PostgreSQL, one writer at a time on SQLite."""
    for _ in range(30):
        enqueue_once(mark, uuid4())
    taken: list[list] = [[], [], []]

    def take(mine):
        try:
            while True:
                one = queue.claim()
                if one is not None:
                    mine.append(one.task)
                elif not DBTaskResult.objects.filter(status="READY").exists():
                    return
                time.sleep(0.001)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(mine,)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    everything = [task for mine in taken for task in mine]
    assert (len(everything), len(set(everything))) == (30, 30)


def test_asked_for_at_the_same_moment_it_is_one_row():
    whose, ready = uuid4(), threading.Barrier(3)

    def ask():
        try:
            ready.wait()
            enqueue_once(mark, whose)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert DBTaskResult.objects.count() == 1
