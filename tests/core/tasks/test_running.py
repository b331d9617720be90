"""Running tasks: leases, failures, the fifth one, clocks that jump (threats H7, H8, H12)."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import doors
from core.holdings import prune_tasks
from core.models import TaskLease
from core.tasks import enqueue_once, queue, work_off
from core.tasks.process import PAUSE, Tasks
from core.tasks.queue import Watch
from core.tasks.running import LeaseLost, Stop, run
from core.tasks.signs import signs
from tests.core.tasks.hands import Seconds, five_workers_die, leases_run_out
from tests.core.tasks.samples import finish, mark, poison, poison_twice, written

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def alarms():
    """What the operators are told of, in a door of this story's own."""
    before, told = list(doors._offers.get("alarm", [])), []
    doors._offers["alarm"] = [(0, "story", lambda *, what: told.append(what))]
    yield told
    doors._offers["alarm"] = before


def state(task):
    return DBTaskResult.objects.get(pk=task).status


def through(hours, step=timedelta(minutes=1), start=NOON):
    """Work off what is due, minute by minute."""
    for number in range(int(timedelta(hours=hours) / step)):
        with time_machine.travel(start + number * step, tick=False):
            work_off()


def test_a_task_is_done_and_leaves_no_lease():
    task, whose = enqueue_once(mark, owner := uuid4()), owner

    work_off()

    assert (state(task), written(whose), TaskLease.objects.count()) == ("SUCCESSFUL", 1, 0)


def test_a_poison_dies_of_the_fifth_failure_others_go_on_and_the_operators_hear_of_it_once(
    alarms, caplog
):
    """H8."""
    with time_machine.travel(NOON, tick=False):
        bad, good = uuid4(), uuid4()
        task = enqueue_once(poison, bad)
        enqueue_once(mark, good)

    through(hours=1)

    assert (state(task), written(bad, "begun"), written(bad, "given up")) == ("FAILED", 5, 1)
    assert (written(good), alarms) == (1, ["task"])
    row = DBTaskResult.objects.get(pk=task)
    assert row.exception_class_path == "builtins.ValueError"
    assert "plum" not in row.traceback + caplog.text
    assert TaskLease.objects.count() == 0


def test_between_failures_it_waits_twice_as_long_each_time(alarms):
    with time_machine.travel(NOON, tick=False):
        enqueue_once(poison, whose := uuid4())
    begun = []
    for minute in range(20):
        through(hours=1 / 60, start=NOON + timedelta(minutes=minute))
        begun.append(written(whose, "begun"))

    assert begun[:10] == [1, 2, 2, 3, 3, 3, 3, 4, 4, 4]
    assert begun[-1] == 5


def test_where_nobody_can_be_told_it_dies_all_the_same(alarms, caplog):
    with time_machine.travel(NOON, tick=False):
        task = enqueue_once(poison_twice, uuid4())

    through(hours=1)

    assert (state(task), alarms) == ("FAILED", ["task"])
    assert "plum" not in caplog.text


def test_a_task_that_this_version_does_not_know_dies_like_any_other(alarms):
    """H8: after an upgrade."""
    task = enqueue_once(mark, uuid4())
    DBTaskResult.objects.update(task_path="tests.core.tasks.samples.gone")

    through(hours=1, start=timezone.now() + timedelta(minutes=1))

    assert (state(task), alarms) == ("FAILED", ["task"])


def test_what_a_dead_worker_left_is_taken_back_when_its_lease_has_stood_still(alarms, settings):
    """H7."""
    settings.TASK_LEASE = timedelta(seconds=60)
    task, watch = enqueue_once(mark, whose := uuid4()), Watch(clock := Seconds())
    queue.claim()  # and dies
    taken = []
    for clock.now in (0, 59, 61):
        taken.append(watch.take_back())
        work_off()

    assert taken == [0, 0, 1]
    assert (state(task), written(whose), alarms) == ("SUCCESSFUL", 1, [])


def test_a_worker_that_says_it_is_still_at_it_keeps_its_task(settings):
    settings.TASK_LEASE = timedelta(seconds=60)
    enqueue_once(mark, uuid4())
    mine, watch = queue.claim(), Watch(clock := Seconds())
    taken = []
    for clock.now in range(0, 600, 45):
        taken.append(watch.take_back())
        queue.renew(mine)

    assert taken == [0] * 14


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_a_clock_that_jumps_has_nothing_done_twice(days, settings):
    """H12: who is dead is told by a clock that nobody sets."""
    enqueue_once(mark, uuid4())
    mine, watch = queue.claim(), Watch(clock := Seconds())
    watch.take_back()

    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        clock.now = 30
        taken = watch.take_back()
        again = queue.claim()

    assert (taken, again, queue.renew(mine)) == (0, None, True)


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_a_clock_that_jumps_strands_nothing_that_waits(days, alarms):
    """H12: neither what is new nor what failed once and waits to be tried again."""
    with time_machine.travel(NOON, tick=False):
        enqueue_once(poison, failed := uuid4())
        work_off()
        enqueue_once(mark, new := uuid4())

    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        work_off()

    assert (written(failed, "begun"), written(new)) == (2, 1)


def test_five_workers_that_die_over_a_task_end_it(alarms):
    """H8: a task that takes its worker down each time."""
    with time_machine.travel(NOON, tick=False):
        task = enqueue_once(mark, whose := uuid4())
    with time_machine.travel(NOON, tick=False):
        five_workers_die()

    assert (state(task), written(whose), alarms) == ("FAILED", 0, ["task"])
    assert DBTaskResult.objects.get().exception_class_path == "core.tasks.queue.WorkerDied"


def test_a_worker_whose_task_was_taken_over_writes_nothing():
    """H7: the second one's word counts, whatever the first still does."""
    task = enqueue_once(mark, whose := uuid4())
    slow = queue.claim()
    leases_run_out()
    quick = queue.claim()

    run(slow, Stop())

    assert (written(whose), state(task)) == (0, "RUNNING")
    assert (queue.finish(slow), queue.give_back(slow), queue.fail(slow, "x")) == (False,) * 3
    run(quick, Stop())
    assert (written(whose), state(task)) == (1, "SUCCESSFUL")


def test_outside_of_a_task_nothing_is_asked():
    finish(whose := uuid4())

    assert written(whose) == 1


def test_a_running_row_without_a_lease_is_taken_back_too(settings):
    """As a restored backup or a hand in the database may leave it."""
    enqueue_once(mark, whose := uuid4())
    DBTaskResult.objects.update(status="RUNNING")

    assert leases_run_out() == 1
    work_off()
    assert written(whose) == 1


def test_what_is_given_back_counts_as_no_failure():
    task = enqueue_once(mark, whose := uuid4())
    for _ in range(9):
        queue.give_back(queue.claim())

    work_off()

    assert (state(task), written(whose)) == ("SUCCESSFUL", 1)


def test_a_lost_database_makes_tasks_wait_longer_each_time_and_go_on(monkeypatch):
    """H3: and what was in hand is given back, without a failure."""
    enqueue_once(mark, whose := uuid4())
    tasks = Tasks(Stop())

    def lost(*_given):
        raise OperationalError("gone")

    with monkeypatch.context() as away:
        for name in ("finish", "give_back"):
            away.setattr(queue, name, lost)
        pauses = [tasks.guarded_round() for _ in range(7)]

    assert pauses == [1, 2, 4, 5, 5, 5, 5]
    assert tasks.guarded_round() == PAUSE
    assert (written(whose), DBTaskResult.objects.get().status) == (1, "SUCCESSFUL")


def test_lease_lost_is_no_failure(caplog):
    enqueue_once(mark, uuid4())
    mine = queue.claim()
    TaskLease.objects.update(key=uuid4())

    with caplog.at_level(logging.WARNING):
        run(mine, Stop())

    assert (TaskLease.objects.get().failures, LeaseLost.__name__ in caplog.text) == (0, False)


def test_what_was_done_is_kept_for_a_week_and_what_was_given_up_for_thirty_days():
    """F12."""
    for status, days in [
        ("SUCCESSFUL", 6), ("SUCCESSFUL", 8), ("FAILED", 29), ("FAILED", 31), ("READY", 400),
    ]:  # fmt: skip
        row = enqueue_once(mark, uuid4())
        at = timezone.now() - timedelta(days=days)
        DBTaskResult.objects.filter(pk=row).update(
            status=status, finished_at=None if status == "READY" else at, enqueued_at=at
        )

    assert prune_tasks() == 2
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == [
        "FAILED", "READY", "SUCCESSFUL",
    ]  # fmt: skip


def test_the_sign_says_how_long_the_oldest_waits_and_how_many_died_today(alarms):
    with time_machine.travel(NOON, tick=False):
        well = list(signs(now=NOON))
        enqueue_once(poison, uuid4())
    late = list(signs(now=NOON + timedelta(minutes=40)))
    through(hours=1)
    dead = list(signs(now=NOON + timedelta(hours=2)))
    day_after = list(signs(now=NOON + timedelta(hours=26)))

    assert [(one.name, one.is_well) for one in (*well, *late, *dead, *day_after)] == [
        ("tasks", True), ("tasks", False), ("tasks", False), ("tasks", True),
    ]  # fmt: skip
    assert (
        str(late[0].said)
        == "1 waits, the oldest for 40 minutes. In the last day none was given up."
    )
    assert str(dead[0].said) == "None waits. In the last day 1 was given up."
