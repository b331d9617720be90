"""Making backups: whole or not at all, beside a busy site, with the keyring in none of them (threats C2, H4, H13)."""

import json
import os
import resource
import shutil
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from notices.models import OutboxMail
from operations.backups import manifest, places
from operations.backups.making import make
from operations.backups.refusing import Refused
from scripts.traces import Words
from tests.operations.conftest import upload
from tests.sweep.plants import AUTHOR, plant

BOTH = pytest.mark.django_db(databases=["default", "keys"])
REAL = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def names_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())  # fmt: skip


@BOTH
def test_a_backup_is_a_folder_that_says_what_is_in_it_and_that_this_account_alone_reads(installation):  # fmt: skip
    made = make()

    said = manifest.read(made)
    tail = "dump" if connection.vendor == "postgresql" else "sqlite3"
    assert made.parent == installation / "backups"
    assert names_in(made) == [
        "erasures.jsonl", f"keys.{tail}", f"main.{tail}", "manifest.json", "media.jsonl",
        "media/documents/film.vtt", "media/documents/plan.txt", "samples.json",
    ]  # fmt: skip
    assert (said.engine, said.uploads, said.format) == (tail, 2, 1)
    assert said.bytes == sum(
        path.stat().st_size for path in made.rglob("*") if path.is_file() and path.name != "manifest.json"
    )  # fmt: skip
    assert "core.0003_keys" in said.migrations["keys"]
    manifest.verify(made, said)
    modes = {path.stat().st_mode & 0o777 for path in made.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (made, made.parent, made / "media")} == {0o700}


@BOTH
def test_a_later_backup_links_what_an_earlier_one_holds_and_copies_what_is_new(installation):
    first = make()
    upload("documents/plan.txt", "the plan of the autumn", installation)
    upload("images/bell.txt", "a bell", installation)

    second = make()

    same = "media/documents/film.vtt"
    assert (first / same).stat().st_ino == (second / same).stat().st_ino
    assert (first / same).stat().st_ino != (installation / same).stat().st_ino
    assert (second / "media/documents/plan.txt").read_text() == "the plan of the autumn"
    assert (first / "media/documents/plan.txt").read_text() == "the plan of the spring"
    for made in (first, second):
        manifest.verify(made, manifest.read(made))


@BOTH
def test_what_a_link_among_the_uploads_leads_to_is_not_carried_along(installation, tmp_path):
    """C2: it could lead to the keyring."""
    keyring = tmp_path / "field_keys.json"
    keyring.write_text("the keys")
    (installation / "media" / "documents" / "a.json").symlink_to(keyring)

    made = make()

    assert manifest.read(made).uploads == 2
    assert not list(made.rglob("a.json"))


@BOTH
def test_a_keyring_among_the_uploads_or_beside_the_backups_stops_every_backup(installation, settings):  # fmt: skip
    """C2."""
    for place in (installation / "media" / "keys.json", installation / "backups" / "keys.json"):
        settings.FIELD_KEYS_FILE = place

        with pytest.raises(CommandError) as refused:
            call_command("backup")

        assert "FIELD_KEYS_FILE lies inside the folder of" in str(refused.value)
        assert refused.value.returncode == 1
    assert places.whole_sets(installation / "backups") == []


@BOTH
def test_what_a_killed_backup_left_is_no_backup_and_is_cleared_away(installation):
    home = installation / "backups"
    half = home / ".making-20261101T030000Z" / "media"
    half.mkdir(parents=True)
    (half / "plan.txt").write_text("half")
    cut = home / "20261101T030000Z"
    cut.mkdir()

    assert places.whole_sets(home) == []
    made = make()

    assert not half.exists()
    assert places.whole_sets(home) == [made]


@BOTH
def test_a_second_backup_beside_a_running_one_is_refused(installation):
    with places.alone(installation / "backups"), pytest.raises(Refused) as refused:
        make()

    assert "Another backup is being made or restored there at this moment." in str(refused.value)
    assert make().exists()


@contextmanager
def no_file_larger_than(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@BOTH
def test_a_disk_that_takes_no_more_leaves_no_half_backup_and_the_older_one(installation):
    """H4."""
    first = make()

    with no_file_larger_than(60_000), pytest.raises(Refused) as refused:
        make()

    assert "older" in str(refused.value)
    assert sorted(path.name for path in (installation / "backups").iterdir()) == [".lock", first.name]  # fmt: skip
    manifest.verify(first, manifest.read(first))


@BOTH
@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can give a folder to another account.")
def test_another_account_than_the_sites_is_told_to_step_back(installation):
    os.chown(installation, 65534, -1)

    with pytest.raises(CommandError) as refused:
        call_command("backup")

    assert "Type it as the account of the service" in str(refused.value)
    assert not (installation / "backups").exists()


@BOTH
def test_an_earlier_backup_that_is_damaged_keeps_no_later_one_from_being_made(installation):
    first = make()
    (first / "media.jsonl").write_text("nonsense")

    second = make()

    manifest.verify(second, manifest.read(second))


@BOTH
def test_a_backup_goes_to_another_folder_when_it_is_asked_to(installation, tmp_path, capsys):
    call_command("backup", "--to", str(tmp_path / "disk"))

    [made] = places.whole_sets(tmp_path / "disk")
    assert f"The backup is whole: {made}" in capsys.readouterr().out
    assert places.whole_sets(installation / "backups") == []


@REAL
def test_no_private_word_stands_in_a_backup(installation, cast):
    """C1, C2: Dev's words in every private field, in whatever way of writing."""
    words = Words()
    plant(cast[AUTHOR], words)

    made = make()

    assert len(words.words) >= 40
    for path in made.rglob("*"):
        if path.is_file():
            assert words.traces(path.read_bytes()) == [], path.name


@REAL
def test_what_was_deleted_stands_on_no_free_page_of_a_copy(installation):
    """A12."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL dumps rows, never pages.")
    word = "plumtree" * 2_000
    one = OutboxMail.objects.create(message_id="<plum@x>", recipient="dev@riverton.example", text=word)  # fmt: skip
    before = (make() / "main.sqlite3").read_bytes()
    one.delete()

    after = make() / "main.sqlite3"

    assert b"plumtree" in before
    assert b"plumtree" not in after.read_bytes()
    assert not Path(f"{after}-wal").exists()


@BOTH
def test_a_database_that_is_damaged_makes_no_backup_and_takes_none_away(installation, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("A damaged PostgreSQL is its server's to find.")
    from operations.backups.sqlite import HeldFile

    first = make()
    broken = tmp_path / "broken.sqlite3"
    shutil.copyfile(first / "main.sqlite3", broken)
    with broken.open("r+b") as file:
        for page in range(40, 400):
            file.seek(page * 4096)
            file.write(b"\xff" * 64)

    with sqlite3.connect(broken) as raw, pytest.raises(Refused) as refused:
        HeldFile(raw).copy(tmp_path / "copy.sqlite3")
    raw.close()

    assert "Restore the last good one" in str(refused.value) or "damaged" in str(refused.value)
    assert places.whole_sets(installation / "backups") == [first]


@BOTH
def test_the_note_of_the_last_good_backup_names_its_moment_and_folder(installation):
    made = make()

    noted = json.loads((installation / "run" / "backups.json").read_text())
    assert noted["last_good"]["set"] == made.name
    assert noted["last_good"]["at"] == manifest.read(made).begun_at


@pytest.mark.postgres
@BOTH
def test_the_password_stands_on_no_command_line(installation):
    from operations.backups import postgres

    connection.settings_dict["PASSWORD"], before = "plum tree", connection.settings_dict["PASSWORD"]
    try:
        assert postgres.environment("default")["PGPASSWORD"] == "plum tree"
    finally:
        connection.settings_dict["PASSWORD"] = before
    assert postgres.environment("keys")["PGDATABASE"].endswith("_keys")


@pytest.mark.postgres
@BOTH
def test_without_programs_of_the_servers_version_there_is_a_sentence(installation):
    from operations.backups import postgres

    with pytest.raises(Refused) as refused:
        postgres.find_programs(99)

    assert "apt install postgresql-client-99" in str(refused.value)
