"""The shared cache: a real Redis or Valkey where the machine has one, and the way back to the database."""

import shutil
import subprocess

import pytest

from tests.scripts.processes import free_port, manage, rows, wait_for

pytestmark = pytest.mark.scripts
DEV = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
COUNT = (
    "from django.core.cache import cache; cache.set('counted', 41); cache.incr('counted'); "
    "print(type(cache._cache).__name__, cache.get('counted'))"
)


@pytest.fixture
def store(tmp_path):
    """The address of a server of this story's own."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.skip("This story needs a valkey-server or redis-server on the machine.")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert wait_for(lambda: "eady to accept" in server.stdout.readline(), 20)
    yield f"redis://127.0.0.1:{port}/1"
    server.terminate()
    server.communicate(timeout=20)


@pytest.mark.host
def test_attempts_are_counted_in_a_store_of_its_own(filled, store):
    prepared = manage(filled, "prepare", CACHE_URL=store, **DEV)
    counted = manage(filled, "shell", "-v0", "-c", COUNT, CACHE_URL=store, **DEV)

    assert prepared.returncode == 0, prepared.stderr
    assert counted.stdout == "RedisCacheClient 42\n", counted.stderr


@pytest.mark.long
def test_the_table_of_the_cache_is_made_where_nothing_has_to_be_migrated(filled):
    """As after a time with CACHE_URL=redis://…"""
    rows(filled, "DROP TABLE shared_cache")

    prepared = manage(filled, "prepare", **DEV)

    assert prepared.returncode == 0, prepared.stderr
    assert rows(filled, "SELECT count(*) FROM shared_cache") == [(0,)]
