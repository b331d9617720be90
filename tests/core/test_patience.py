"""How long a web request waits for a PostgreSQL that does not answer."""

import time

import pytest
from django.db import OperationalError, connection

from core import patience


@pytest.fixture
def impatient(monkeypatch):
    """This process as a web server, with less patience than one has."""
    monkeypatch.setitem(patience._limit, "seconds", 0.3)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_statement_without_an_answer_ends_with_what_makes_the_page_that_keeps_the_words(
    impatient,
):
    """H3: and the next request has a connection that works."""
    begun = time.monotonic()

    with (
        pytest.raises(OperationalError, match="no answer within 0 s"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_sleep(5)")

    assert time.monotonic() - begun < 3
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 41 + 1")
        assert cursor.fetchone() == (42,)


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_worker_and_commands_have_patience():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.4)")
        cursor.execute("SELECT 41 + 1")

        assert cursor.fetchone() == (42,)


def test_a_process_waits_without_end_until_it_is_told_to_be_impatient(monkeypatch):
    monkeypatch.setattr(patience, "_limit", {})
    assert patience.limit() is None

    patience.be_impatient(patience.PATIENCE)

    assert patience.limit() == 10.0
