"""Starts that cannot work: one sentence each that says what is wrong, that nothing was done, and what to do."""

import os
import shutil
import sqlite3
import subprocess

import pytest

from tests.scripts.processes import alive, manage, rows, running, serve, wait_for

pytestmark = pytest.mark.scripts


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"PORT": "abc"}, "PORT must be a number from 1024 to 65535 (it is 'abc')."),
        ({"PORT": "80"}, "PORT must be a number from 1024 to 65535 (it is '80')."),
        ({"PORT": "٨٠٠٠"}, "PORT must be a number from 1024 to 65535"),
        ({"PORT": "8" * 5000}, "PORT must be a number from 1024 to 65535 (it is '888"),
        ({"DEMO": "perhaps"}, "DEMO must be 1 or 0 (it is 'perhaps')."),
        ({"WEB_WORKERS": "abc"}, "WEB_WORKERS must be a whole number from 1 to 64 (it is 'abc')."),
        ({"WEB_WORKERS": "0"}, "WEB_WORKERS must be a whole number from 1 to 64"),
        ({"SERVE": "both"}, "SERVE must be one of all, web, worker"),
        ({"HOST": "not a host"}, "HOST must be an address of this machine"),
        ({"HOST": "192.0.2.1", "kind": "production"}, "HOST must be an address of this machine"),
        ({"SIGNUP": "perhaps"}, "SIGNUP must be one of invite, open"),
        ({"EMAIL_URL": "pigeon://x"}, "EMAIL_URL must look like smtp://"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must be an SQLite or a PostgreSQL address"),
        ({"CACHE_URL": "memcached://x"}, "CACHE_URL must be 'database' or a redis:// address"),
        ({"CACHE_URL": "redis://"}, "CACHE_URL must be 'database' or a redis:// address"),
        ({"CACHE_URL": "redis://127.0.0.1:1"}, "CACHE_URL names a store that cannot be used"),
        ({"SITE_URL": "http://[bad"}, "SITE_URL must look like https://equity.example.org"),
        ({"MEDIA_STORAGE_URL": "file://[x"}, "MEDIA_STORAGE_URL must look like file:///folder"),
        ({"ALLOWED_HOSTS": "http://x"}, "ALLOWED_HOSTS must name hosts such as equity.example.org"),
        ({"CSRF_TRUSTED_ORIGINS": "example.org"}, "CSRF_TRUSTED_ORIGINS must hold origins"),
        ({"ALERT_EMAIL": "nonsense"}, "ALERT_EMAIL must be an e-mail address"),
        ({"FROM_EMAIL": "nonsense"}, "FROM_EMAIL must look like Riverton <hello@example.org>"),
        ({"FIELD_KEYS": "{}"}, "FIELD_KEYS is no keyring."),
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


def test_a_command_before_the_first_start_is_told_to_wait_for_it(tmp_path):
    (tmp_path / "db").mkdir()

    ended = manage(tmp_path, "start_initiative", "Riverton Healthy Starts", "ana@riverton.example")

    assert ended.returncode == 1
    assert ended.stderr.strip().endswith(
        "The database is not set up yet, or not brought up to date. Start the site, wait until it says “Lodestar is ready”, and "
        "type this again."
    )
    assert "Traceback" not in ended.stderr


def test_a_database_of_a_newer_version_is_left_as_it_is(tmp_path):
    with sqlite3.connect(database_in(tmp_path)) as raw:
        raw.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
        raw.execute("INSERT INTO django_migrations VALUES (1, 'accounts', '0999_later', '2030-01-01')")  # fmt: skip
    raw.close()

    ended = serve(tmp_path)

    assert ended.returncode == 1
    assert "written by a newer version of Lodestar (it knows accounts.0999_later)" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.long
def test_a_damaged_table_and_a_file_in_the_way_are_sentences_too(filled):
    """After migrating: what is loaded needs a table that is gone; what is done cannot be written down."""
    dev = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    rows(filled, "ALTER TABLE glossary_term RENAME TO gone")
    damaged = manage(filled, "prepare", **dev)
    rows(filled, "ALTER TABLE gone RENAME TO glossary_term")
    (filled / "run" / "prepared.draft").mkdir(parents=True)
    in_the_way = manage(filled, "prepare", **dev)

    assert damaged.returncode == in_the_way.returncode == 1
    assert "The database cannot be used: no such table: glossary_term." in damaged.stderr
    assert "A file cannot be read or written: " in in_the_way.stderr
    assert "prepared.draft: Is a directory" in in_the_way.stderr
    assert "Traceback" not in damaged.stderr + in_the_way.stderr


def test_a_start_is_stopped_by_ctrl_c_and_takes_its_preparation_along_when_it_is_killed(tmp_path):
    with running(tmp_path, words="Setting up the database") as site:
        (preparing,) = site.children("manage.py prepare")
        site.process.send_signal(2)
        status = site.process.wait(timeout=20)
        said = (tmp_path / "said.txt").read_text()
        assert alive([preparing]) == []
    with running(tmp_path, words="Setting up the database") as site:
        (preparing,) = site.children("manage.py prepare")
        site.process.kill()
        site.process.wait()
        assert wait_for(lambda: not alive([preparing]), 10)

    assert status == 130
    assert said.endswith("Stopped before it was ready. What was done is kept; start again to go on.\n")  # fmt: skip
    assert "Traceback" not in said


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
