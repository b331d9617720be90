"""Starts that cannot work: one sentence each that says what is wrong, that nothing was done, and what to do."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from tests.scripts.processes import PYTHON, ROOT, environment, free_port, serve

pytestmark = pytest.mark.scripts


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"PORT": "abc"}, "PORT must be a number from 1024 to 65535 (it is 'abc')."),
        ({"PORT": "80"}, "PORT must be a number from 1024 to 65535 (it is '80')."),
        ({"PORT": "٨٠٠٠"}, "PORT must be a number from 1024 to 65535"),
        ({"SIGNUP": "perhaps"}, "SIGNUP must be one of invite, open"),
        ({"EMAIL_URL": "pigeon://x"}, "EMAIL_URL must look like smtp://"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must be an SQLite or a PostgreSQL address"),
        ({"CACHE_URL": "memcached://x"}, "CACHE_URL must be 'database' or a redis:// address"),
        ({"FIELD_KEYS_FILE": "/nowhere/keys"}, "FIELD_KEYS_FILE names /nowhere/keys"),
        ({"kind": "production"}, "SECRET_KEY must be set to at least 50 random characters."),
        ({"kind": "something"}, "Say which settings to use: demo, dev or production."),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "KEYS_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/y"}, "The database cannot be used"),
    ],
)  # fmt: skip
def test_a_wrong_value_ends_the_start_with_a_sentence(tmp_path, given, sentence):
    ended = serve(tmp_path, **given)

    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    assert "is ready" not in ended.stdout


def database_in(folder, content=b""):
    file = folder / "db" / "lodestar.sqlite3"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file


def test_a_database_that_is_broken_is_left_as_it_is(tmp_path):
    file = database_in(tmp_path, b"this is no database, whatever its name says" * 200)
    before = file.read_bytes()

    ended = serve(tmp_path)

    assert ended.returncode == 1
    assert "The database cannot be used" in ended.stderr
    assert "It was left as it is" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version_is_left_as_it_is(tmp_path):
    with sqlite3.connect(database_in(tmp_path)) as raw:
        raw.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
        raw.execute("INSERT INTO django_migrations VALUES (1, 'accounts', '0999_later', '2030-01-01')")  # fmt: skip
    raw.close()

    ended = serve(tmp_path)

    assert ended.returncode == 1
    assert "written by a newer version of Lodestar (it knows accounts.0999_later)" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_key_that_others_can_read_is_refused(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret_key").write_text("x" * 60)
    (tmp_path / "keys" / "secret_key").chmod(0o644)

    ended = serve(tmp_path)

    assert ended.returncode == 1
    assert "can be read by others" in ended.stderr
    assert "chmod 600" in ended.stderr


def test_a_keyring_that_others_may_read_is_refused(tmp_path):
    """C6."""
    keyring = tmp_path / "keyring.json"
    keyring.write_text("{}")
    keyring.chmod(0o644)

    ended = serve(tmp_path / "var", FIELD_KEYS_FILE=str(keyring))

    assert ended.returncode == 1
    assert "which others may read" in ended.stderr
    assert "0400" in ended.stderr


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    """As a read-only disk would answer; a chmod would not stop an administrator."""
    (tmp_path / "file").write_text("not a folder")

    ended = serve(tmp_path / "file" / "var")

    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr
    assert "Nothing was changed" in ended.stderr


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 40 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("A small disk can be mounted by an administrator only.")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.host
@pytest.mark.skipif(os.name != "posix" or not shutil.which("mount"), reason="Needs mount.")
def test_a_full_disk_is_said_before_anything_is_done(small_disk):
    """H4."""
    ended = serve(small_disk)

    assert ended.returncode == 1
    assert "are free on the disk" in ended.stderr
    assert "a start needs 200 MB" in ended.stderr
    assert not (small_disk / "db" / "lodestar.sqlite3").exists()


def test_an_environment_that_is_there_is_not_made_again(tmp_path):
    ended = subprocess.run(
        [sys.executable, "scripts/bootstrap.py", "dev"], cwd=ROOT, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stdout) == (0, "")


def test_an_unknown_level_of_set_up_is_named():
    ended = subprocess.run(
        [sys.executable, "scripts/bootstrap.py", "all"], cwd=ROOT, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr) == (1, "Say which environment to set up: run or dev.\n")


def test_a_throw_away_postgresql_answers_and_is_gone_afterwards(tmp_path):
    code = (
        "import os, sys, psycopg\n"
        "for name in ('DATABASE_URL', 'KEYS_DATABASE_URL'):\n"
        "    with psycopg.connect(os.environ[name]) as one:\n"
        "        print(one.execute('SELECT current_database(), current_setting(\\'data_directory\\')').fetchone())\n"
        "sys.exit(7)\n"
    )
    ended = subprocess.run(
        [PYTHON, "scripts/with_postgres.py", PYTHON, "-c", code], env=environment(tmp_path), cwd=ROOT,
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    if ended.returncode == 3:
        pytest.skip("No PostgreSQL was found.")

    lines = ended.stdout.splitlines()
    assert ended.returncode == 7, ended.stderr
    assert [line.split("'")[1] for line in lines] == ["lodestar", "lodestar_keys"]
    assert not os.path.exists(lines[0].split("'")[3])


def test_strict_tests_ask_for_a_browser(tmp_path):
    env = environment(tmp_path, STRICT="1", PATH=str(tmp_path), HOME=str(tmp_path))
    for name in ("CHROMIUM", "LODESTAR_CHROMIUM"):
        env.pop(name, None)
    env["PLAYWRIGHT_DOWNLOAD_HOST"] = f"http://127.0.0.1:{free_port()}"

    ended = subprocess.run(
        [PYTHON, "scripts/test.py", "--collect-only", "-q", "tests/core/test_health.py"], env=env, cwd=ROOT,
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stdout == (
        "STRICT=1 asks for browser stories, and no Chromium was found. Install one and run again.\n"
    )
