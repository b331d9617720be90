"""Putting tasks in: once for each key, in the caller's transaction, with ids and nothing else."""

from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from core.tasks import enqueue_once, still_wanted, work_off, worker_task
from tests.core.tasks.samples import mark, mark_number, poison, written

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_asked_for_twice_it_is_one_row_and_done_once():
    whose = uuid4()

    first, second = enqueue_once(mark, whose), enqueue_once(mark, whose)

    assert first == second
    assert (DBTaskResult.objects.count(), work_off()) == (1, 1)
    assert written(whose) == 1


def test_a_key_says_what_is_one_and_once_means_once():
    whose = uuid4()
    enqueue_once(mark_number, whose, 1, key="Monday")
    work_off()
    enqueue_once(mark_number, whose, 2, key="Monday")
    enqueue_once(mark_number, whose, 3, key="Tuesday")
    work_off()

    assert [written(whose, f"number {n}") for n in (2, 3, 4)] == [1, 0, 1]


def test_the_same_key_of_another_task_is_another_task():
    whose = uuid4()

    assert enqueue_once(mark, whose, key="one") != enqueue_once(poison, whose, key="one")


def test_a_task_gets_the_ids_as_they_were_given_and_the_row_holds_nothing_else():
    whose = uuid4()
    enqueue_once(mark_number, whose, 41)

    row = DBTaskResult.objects.get()
    work_off()

    assert row.args_kwargs == {"args": [str(whose), 41], "kwargs": {}}
    assert written(whose, "number 42") == 1


@pytest.mark.parametrize("argument", ["dev@riverton.example", True, None, 1.5, ["a"], b"a"])
def test_an_argument_that_is_no_id_is_refused(argument):
    """The row of a task stands readable in the database."""
    with pytest.raises(TypeError, match="given ids alone"):
        enqueue_once(mark, argument)

    assert DBTaskResult.objects.count() == 0


def words(text: str) -> None:
    """What no task may take."""


def named(*, whose: UUID) -> None:
    """Arguments have no names in a row."""


@pytest.mark.parametrize("function", [words, named, lambda whose: None])
def test_a_function_that_takes_something_else_cannot_be_declared(function):
    with pytest.raises(TypeError, match="must be a UUID or an int"):
        worker_task()(function)


def test_a_task_is_put_in_by_no_other_way():
    with pytest.raises(TypeError, match="enqueue_once"):
        mark.enqueue(uuid4())


def test_what_did_not_happen_leaves_no_task():
    """H10."""

    class Undone(Exception):
        pass

    def undone():
        with transaction.atomic():
            enqueue_once(mark, uuid4())
            raise Undone

    with pytest.raises(Undone):
        undone()

    assert DBTaskResult.objects.count() == 0


def test_what_a_row_still_waits_for_is_put_in_again_unless_it_waits_runs_or_was_given_up():
    whose = uuid4()

    outcomes = [still_wanted(mark, whose), still_wanted(mark, whose)]
    DBTaskResult.objects.update(status="RUNNING")
    outcomes.append(still_wanted(mark, whose))
    DBTaskResult.objects.update(status="FAILED")
    outcomes.append(still_wanted(mark, whose))
    DBTaskResult.objects.update(status="SUCCESSFUL")
    outcomes.append(still_wanted(mark, whose))

    assert outcomes == [True, False, False, False, True]
    assert DBTaskResult.objects.get().status == "READY"
