"""Web server and worker on machines of their own (SERVE), and preparations of several machines at once."""

import threading
import time

import pytest
from django.db import connections

from home.management.alone import LOCK, alone
from tests.scripts.processes import running


@pytest.mark.scripts
def test_each_part_runs_alone(filled):
    with running(filled, words="Lodestar's worker is ready", SERVE="worker") as site:
        assert site.children("run_worker")
        assert not site.children("granian")
        assert site.status("/healthz") == 0
        assert site.end() == 0

    with running(filled, SERVE="web") as site:
        assert not site.children("run_worker")
        assert site.status("/readyz") == 200
        assert site.end() == 0


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_second_machine_waits_until_the_first_has_prepared_the_database():
    said, order = [], []
    first_is_in, may_go = threading.Event(), threading.Event()

    def other_machine():
        with alone(order.append):
            first_is_in.set()
            may_go.wait(10)
            order.append("first")

    thread = threading.Thread(target=other_machine)
    thread.start()
    assert first_is_in.wait(10)
    threading.Timer(0.5, may_go.set).start()
    begun = time.monotonic()
    with alone(said.append):
        order.append("second")

    thread.join()
    assert order == ["first", "second"]
    assert said == ["Another machine prepares the database. Waiting until it is done …"]
    assert time.monotonic() - begun > 0.3


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_preparation_that_fails_lets_the_next_in():
    with pytest.raises(RuntimeError), alone(print):
        raise RuntimeError

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        assert cursor.fetchone() == (True,)
