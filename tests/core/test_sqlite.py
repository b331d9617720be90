"""How SQLite is set, on every connection of both databases: nothing that was acknowledged is lost, nothing deleted stays."""

import threading

import pytest
from django.db import OperationalError, connections, transaction

from tests.house.databases import is_sqlite

#: In SQLite's words: a write-ahead log; every commit waits for the disk; what is deleted is overwritten; ten seconds of patience.
SET = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "busy_timeout": 10_000}
BOTH = ("default", "keys")

pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)


def pragmas(alias):
    with connections[alias].cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SET}


def in_a_thread_of_its_own(work):
    found = []

    def run():
        try:
            found.append(work())
        except Exception as problem:
            found.append(problem)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    return found[0]


@pytest.fixture(autouse=True)
def sqlite_alone():
    if not is_sqlite():
        pytest.skip("These are settings of SQLite.")


@pytest.mark.parametrize("alias", BOTH)
def test_each_connection_is_set_alike_in_every_thread_and_after_a_new_beginning(alias):
    """A12, H2, H5."""
    assert pragmas(alias) == SET
    assert [in_a_thread_of_its_own(lambda: pragmas(alias)) for _time in range(2)] == [SET, SET]

    connections[alias].close()

    assert pragmas(alias) == SET


@pytest.mark.parametrize("alias", BOTH)
def test_a_transaction_takes_its_turn_to_write_when_it_begins(alias):
    """H5: so that it cannot fail half-way because another one wrote first: who cannot wait hears it at the beginning."""

    def begin_without_patience():
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        with transaction.atomic(using=alias):
            return "began"

    with transaction.atomic(using=alias):
        refused = in_a_thread_of_its_own(begin_without_patience)

    assert isinstance(refused, OperationalError)
    assert "locked" in str(refused)
    assert in_a_thread_of_its_own(begin_without_patience) == "began"
