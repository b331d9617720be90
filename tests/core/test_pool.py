"""A few connections to PostgreSQL that the threads of a process share (DATABASE_POOL)."""

import copy
import os
import time

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from config.settings import environment
from core import patience
from core.postgresql import whole
from core.postgresql.base import DatabaseWrapper

ADDRESS = "postgresql://u:p@host/name"


def test_without_the_setting_each_thread_keeps_its_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    monkeypatch.delenv("DATABASE_POOL", raising=False)

    options = environment.database("DATABASE_URL", "x")

    assert "pool" not in options["OPTIONS"]
    assert options["CONN_MAX_AGE"] == 60


def test_with_it_a_request_gives_its_connection_back_and_each_is_tried_before_it_is_used(
    monkeypatch,
):
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    monkeypatch.setenv("DATABASE_POOL", "6")

    options = environment.database("DATABASE_URL", "x")

    assert options["OPTIONS"]["pool"] == {
        "min_size": 1,
        "max_size": 6,
        "timeout": 5.0,
        "reconnect_timeout": 2.0,
    }
    assert (options["CONN_MAX_AGE"], options["CONN_HEALTH_CHECKS"]) == (0, True)


def test_a_number_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    for number, sentence in (("many", "a whole number"), ("1", "0 or at least 2")):
        monkeypatch.setenv("DATABASE_POOL", number)
        with pytest.raises(environment.WrongSetting, match=f"DATABASE_POOL must be {sentence}"):
            environment.database("DATABASE_URL", "x")


@pytest.fixture
def pooled(db):
    """Makes wrappers, as threads have them, that share a pool of two connections to the story's own database."""
    made = []

    def make():
        settings = copy.deepcopy(connections["default"].settings_dict)
        settings["CONN_MAX_AGE"] = 0
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": 2,
            "timeout": 0.4,
            "reconnect_timeout": 0.2,
        }
        made.append(DatabaseWrapper(settings, alias=f"pooled {os.getpid()}"))
        return made[-1]

    yield make
    for one in made:
        one.close()
    made[0].close_pool()


def asked(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 41 + 1, pg_backend_pid()")
        return cursor.fetchone()


@pytest.mark.postgres
def test_what_one_gives_back_another_uses(pooled):
    """Six threads, one after the other, and never more than the two connections of the pool."""
    seen = set()
    for _thread in range(6):
        one = pooled()
        seen.add(asked(one)[1])
        one.close()

    assert len(seen) <= 2


@pytest.mark.postgres
def test_a_pool_that_is_empty_makes_a_request_wait_and_then_says_that_the_database_is_away(pooled):
    """Which is a 503 that keeps the words (`test_database_away.py`); when one is given back, all is well."""
    one, two, three = pooled(), pooled(), pooled()
    asked(one), asked(two)
    begun = time.monotonic()

    with pytest.raises(OperationalError):
        asked(three)

    assert 0.3 < time.monotonic() - begun < 3
    two.close()
    assert asked(three)[0] == 42


@pytest.mark.postgres
def test_a_connection_that_died_in_the_pool_is_no_request_s_trouble(pooled):
    one, two = pooled(), pooled()
    _, process = asked(one)
    one.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])

    answer, another = asked(two)

    assert (answer, another != process) == (42, True)


@pytest.mark.postgres
def test_connections_of_the_pool_lose_patience_too(pooled, monkeypatch):
    monkeypatch.setitem(patience._limit, "seconds", 0.3)
    one = pooled()

    with pytest.raises(OperationalError, match="no answer within"), one.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    one.close()

    assert asked(pooled())[0] == 42


@pytest.mark.postgres
def test_a_pool_is_back_as_soon_as_the_database_is(pooled):
    """While a backup is brought back no connection is made; afterwards the next request has one, however long that took."""
    first = pooled()
    where = first.get_connection_params()
    holder = psycopg.connect(**{name: where[name] for name in ("dbname", "user", "host", "port") if name in where}, autocommit=True)  # fmt: skip
    mine = connection.connection
    whole.leave(mine)
    holder.execute("SELECT pg_advisory_lock(%s)", [whole.LOCK])
    away = []
    for _request in range(4):
        with pytest.raises(OperationalError) as problem:
            asked(pooled())
        away.append(str(problem.value))
    with pytest.raises(OperationalError, match="a backup is being brought back into it"):
        whole.ask_once(first)

    holder.close()

    begun = time.monotonic()
    assert asked(pooled())[0] == 42
    assert time.monotonic() - begun < 1
    assert len(away) == 4
