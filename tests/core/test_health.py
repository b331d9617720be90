"""`/healthz` answers whatever happens; `/readyz` says within a second which part is missing (row H19)."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest
from django.db import connection, connections

from core import health
from core.health import Part
from core.schema import fit_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
#: Threads of their own see what was committed alone.
REAL = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """A process that has just started and has said nothing yet."""
    monkeypatch.setattr(health, "_fitted", set())
    monkeypatch.setattr(health, "_said", [])
    monkeypatch.setattr(
        health, "PATIENCE", 20
    )  # on a busy machine; the stories of what hangs have the site's own


@pytest.fixture
def impatient(fresh, monkeypatch):
    """As long as a site waits. The files of the migrations have been read by the first who asked."""
    monkeypatch.setattr(health, "PATIENCE", 0.8)
    for alias in connections:
        fit_of(alias)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


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


@REAL
def test_each_part_that_is_missing_is_a_word_and_no_secret_and_comes_back_by_itself(
    nobody, settings, tmp_path, caplog
):
    """Also an unmigrated database, a newer one, and a disk that takes nothing (H4)."""
    assert waiting_for(nobody) == []

    run("ALTER TABLE shared_cache RENAME TO shared_cache_gone")
    assert waiting_for(nobody) == ["cache"]
    run("ALTER TABLE shared_cache_gone RENAME TO shared_cache")

    run("UPDATE django_migrations SET name = '0999_later' WHERE app = 'notices' AND name = '0002_sealed'")  # fmt: skip
    assert waiting_for(nobody) == ["migrations.default"]
    run("UPDATE django_migrations SET name = '0002_sealed' WHERE name = '0999_later'")

    health._fitted.clear()
    run("INSERT INTO django_migrations (app, name, applied) SELECT 'notices', '0999_later', applied FROM django_migrations WHERE app = 'notices' AND name = '0002_sealed'")  # fmt: skip
    assert waiting_for(nobody) == ["newer.default"]
    run("DELETE FROM django_migrations WHERE name = '0999_later'")

    settings.MEDIA_ROOT, media = "/proc/self", settings.MEDIA_ROOT
    assert waiting_for(nobody) == ["disk"]
    settings.MEDIA_ROOT = media

    settings.FIELD_KEYS_FILE = tmp_path / "not-there.json"
    assert waiting_for(nobody) == ["keyring"]
    settings.FIELD_KEYS_FILE = None

    assert waiting_for(nobody) == []
    said = [row.getMessage() for row in caplog.records if row.name == "lodestar.health"]
    assert said == [
        "Not ready: cache.", "Not ready: migrations.default.", "Not ready: newer.default.", "Not ready: disk.",
        "Not ready: keyring.", "Ready again.",
    ]  # fmt: skip


def waiting_for(nobody):
    answer = nobody.get("/readyz")
    found = answer.json()["waiting_for"]
    assert answer.status_code == (503 if found else 200)
    return found


@REAL
def test_a_process_goes_on_while_a_newer_version_migrates_the_database_it_serves(nobody):
    """H16: the old one answers its last requests during an upgrade."""
    assert waiting_for(nobody) == []

    run("INSERT INTO django_migrations (app, name, applied) SELECT 'notices', '0999_later', applied FROM django_migrations WHERE app = 'notices' AND name = '0002_sealed'")  # fmt: skip

    assert waiting_for(nobody) == []


@REAL
@pytest.mark.postgres
def test_a_database_that_hangs_is_a_reason_within_a_second(nobody, impatient):
    """H3: as a frozen server does; both health addresses still answer."""
    other = connections["default"].copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        asked = [waiting_for(nobody) for _ in range(2)]
        lasted = time.monotonic() - began
        cursor.execute("ROLLBACK")

    assert asked == [["database.default"]] * 2
    assert lasted < 4  # twice 0.8, on a busy machine
    deadline = time.monotonic() + 10
    while waiting_for(nobody) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert waiting_for(nobody) == []


@REAL
def test_a_long_writer_in_sqlite_keeps_nobody_from_being_ready(nobody):
    """H5: readers go on."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock on a whole database.")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        began = time.monotonic()

        assert waiting_for(nobody) == []
        assert time.monotonic() - began < 5  # and not the ten for which a writer would wait
        writer.execute("ROLLBACK")


def test_a_part_that_hangs_has_one_thread_however_often_it_is_asked():
    goes_on, asked = threading.Event(), []

    def hang():
        asked.append(threading.current_thread())
        goes_on.wait(10)
        yield from ()

    part = Part("cellar", hang)

    found = [part.found(part.begin(), 0.05) for _ in range(3)]

    assert found == [["cellar"]] * 3
    assert len(asked) == 1
    goes_on.set()
    asked[0].join(10)
    assert part.found(part.begin(), 10) == []
    assert len(asked) == 2
