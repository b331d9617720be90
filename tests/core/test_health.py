"""`/healthz` answers whatever happens; `/readyz` says which part is missing (row H19)."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_alive_asks_no_database(nobody, django_assert_num_queries):
    nobody.cookies["sessionid"] = "anything"
    with django_assert_num_queries(0):
        answer = nobody.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_what_they_say_is_taken_for_nothing_else(nobody, address):
    """G5."""
    headers = nobody.get(address).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_ready_when_everything_is_there(nobody):
    answer = nobody.get("/readyz")

    assert answer.json() == {"ready": True, "waiting_for": []}
    assert answer.status_code == 200


def test_a_lost_cache_is_a_reason_and_no_secret(nobody):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shared_cache RENAME TO shared_cache_gone")
    answer = nobody.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "waiting_for": ["cache"]}
