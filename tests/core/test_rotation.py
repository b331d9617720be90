"""Changing the wrapping key: nothing is lost, whenever it is killed."""

import base64
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from config.settings import keyring
from config.settings.keyring import Keyring
from core.crypto import envelope, owners, rotation
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import DataKey, KeyOwner, OwnerKind
from home.management.commands.prepare import Command as Prepare

FIRST, SECOND = b"1" * 32, b"2" * 32


@pytest.fixture(autouse=True)
def _no_keys(db):
    """Those of the demonstration are wrapped by another key of the same name."""
    DataKey.objects.all().delete()
    KeyOwner.objects.all().delete()


@pytest.fixture
def ring(settings, tmp_path):
    """A keyring in a file, as an installation has it."""
    path = tmp_path / "keyring" / "field_keys.json"
    keyring.write(path, Keyring("k1", {"k1": FIRST}), replace=False)
    settings.FIELD_KEYS_FILE, settings.FIELD_KEYS = path, keyring.read(path)
    return path


def some(count):
    found = [Owner(OwnerKind.MEMBER, uuid.uuid4()) for _ in range(count)]
    owners.get_ready(found)
    return found


def secrets_of(people):
    owners.forget()
    return [owners.current_key(person).secret for person in people]


@pytest.mark.django_db
class TestOneRun:
    """From beginning to end."""

    def test_every_data_key_opens_as_before_and_the_old_key_is_gone(self, ring, capsys):
        people = some(7)
        before = secrets_of(people)

        call_command("rotate_keys")

        now = json.loads(ring.read_text())
        assert list(now["keys"]) == [now["current"]] != ["k1"]
        assert set(DataKey.objects.values_list("kek", flat=True)) == {now["current"]}
        assert secrets_of(people) == before
        assert ring.stat().st_mode & 0o777 == 0o400
        assert "7 data keys were wrapped anew, and k1 was retired." in capsys.readouterr().out

    def test_a_second_run_on_the_same_day_makes_a_key_of_another_name(self, ring):
        """A name stands for one key for good: two of one name would shut what the first one wrapped."""
        some(1)
        call_command("rotate_keys")
        first = json.loads(ring.read_text())["current"]
        call_command("rotate_keys")
        second = json.loads(ring.read_text())["current"]

        assert first != second
        assert first[:9] == second[:9]

    def test_two_at_once_are_refused(self, ring):
        """Each could take the other's key out of the keyring."""
        with rotation.alone(), pytest.raises(CommandError, match="Another run of rotate_keys"):
            call_command("rotate_keys")

    def test_a_keyring_that_cannot_be_read_opens_and_seals_nothing_new(self, ring):
        """What is in memory may have been retired since."""
        (known,) = some(1)
        secret = secrets_of([known])
        ring.chmod(0o600)
        ring.write_text("{")
        ring.chmod(0o400)

        assert secrets_of([known]) == secret
        with pytest.raises(KeyMissing, match="nothing new is sealed"):
            some(1)

    def test_the_file_stays_its_accounts(self, ring):
        some(1)
        os.chown(ring, 4321, 4321)
        call_command("rotate_keys")

        assert (ring.stat().st_uid, ring.stat().st_gid) == (4321, 4321)

    def test_one_that_was_broken_off_goes_on_without_another_key(self, ring):
        people = some(3)
        before = secrets_of(people)
        name = rotation.begin()

        call_command("rotate_keys")

        assert list(json.loads(ring.read_text())["keys"]) == [name]
        assert secrets_of(people) == before

    def test_a_process_that_runs_meanwhile_reads_the_new_keyring(self, ring):
        """It began with k1 alone; what it is asked to open is wrapped by a key that came since."""
        (person,) = some(1)
        before = secrets_of([person])
        settings.FIELD_KEYS = Keyring("k1", {"k1": FIRST})
        call_command("rotate_keys")

        assert secrets_of([person]) == before

    def test_a_data_key_under_a_key_that_is_gone_is_named(self, ring):
        some(1)
        DataKey.objects.update(kek="k0")

        with pytest.raises(CommandError, match="holds no key named k0"):
            call_command("rotate_keys")

    def test_a_damaged_data_key_stops_it_and_retires_nothing(self, ring):
        some(1)
        DataKey.objects.update(wrapped=b"\x00" * 60)

        with pytest.raises(CommandError, match="was damaged"):
            call_command("rotate_keys")
        assert "k1" in json.loads(ring.read_text())["keys"]

    def test_a_keyring_without_a_file_is_changed_by_its_keeper(self, settings, capsys):
        settings.FIELD_KEYS = Keyring("k1", {"k1": FIRST})
        people = some(2)
        before = secrets_of(people)
        with pytest.raises(CommandError, match="wrapped by the current key already"):
            call_command("rotate_keys")
        settings.FIELD_KEYS = Keyring("k2", {"k1": FIRST, "k2": SECOND})
        call_command("rotate_keys")
        settings.FIELD_KEYS = Keyring("k2", {"k2": SECOND})

        assert "k1 can be taken out of FIELD_KEYS" in capsys.readouterr().out
        assert secrets_of(people) == before


@pytest.mark.django_db
class TestAStart:
    """C6: a keyring that is not the right one."""

    def test_one_that_lacks_a_key_is_refused(self, settings):
        some(1)
        settings.FIELD_KEYS = Keyring("k2", {"k2": SECOND})

        with pytest.raises(CommandError, match="it lacks k1"):
            Prepare()._try_keyring()

    def test_one_that_holds_another_key_of_that_name_is_refused(self, settings):
        some(1)
        settings.FIELD_KEYS = Keyring("k1", {"k1": SECOND})

        with pytest.raises(CommandError, match="is not the one with which"):
            Prepare()._try_keyring()

    def test_the_right_one_is_let_through(self):
        some(1)
        Prepare()._try_keyring()

    def test_none_at_all_is_refused(self, settings):
        settings.FIELD_KEYS = None

        with pytest.raises(CommandError, match="There is no keyring"):
            Prepare()._try_keyring()
        with pytest.raises(KeyMissing):
            some(1)

    @pytest.mark.parametrize("keys", [None, Keyring("k2", {"k2": SECOND})])
    def test_readyz_waits_for_it(self, client, settings, keys):
        some(1)
        settings.FIELD_KEYS = keys

        assert client.get("/readyz").json() == {"ready": False, "waiting_for": ["keyring"]}


@pytest.mark.long
@pytest.mark.scripts
@pytest.mark.django_db(transaction=True)
def test_killed_five_times_and_run_again_it_loses_nothing(ring, tmp_path):
    """C5: a real process, killed while it works, on a file of its own."""
    if connections["keys"].vendor != "sqlite":
        pytest.skip("The killed process works on an SQLite file.")
    _fill([Owner(OwnerKind.MEMBER, uuid.uuid4()) for _ in range(4_000)])
    connections["keys"].close()
    file = tmp_path / "keys.sqlite3"
    with closing(sqlite3.connect(connections["keys"].settings_dict["NAME"])) as whole:
        whole.execute("VACUUM INTO ?", [str(file)])
    before = _opened(file, ring)
    env = {
        "PATH": os.environ["PATH"],
        "LODESTAR_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "FIELD_KEYS_FILE": str(ring),
        "KEYS_DATABASE_URL": f"sqlite:///{file}",
    }
    command = [sys.executable, "manage.py", "rotate_keys", "--skip-checks"]
    killed = 0
    for after in (1, 2, 1, 3, 1):
        killed += _kill(command, env, lines=after)
    ended = subprocess.run(command, env=env, cwd=settings.ROOT, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    assert killed == 5
    assert len(json.loads(ring.read_text())["keys"]) == 1
    assert base64.b64encode(FIRST).decode() not in ring.read_text()
    assert len(before) == 4_000
    assert _opened(file, ring) == before


def _opened(file, ring):
    """Every data key of the file by its owner, opened with the keyring as it is now."""
    keys = keyring.read(ring).keys
    question = "SELECT kind, ref, d.generation, kek, wrapped FROM core_datakey d JOIN core_keyowner o ON o.id = owner"
    with closing(sqlite3.connect(file)) as rows:
        return {
            owner: envelope.unwrap(wrapped, owner=owner, generation=number, by=keys[kek], name=kek)
            for kind, ref, number, kek, wrapped in rows.execute(question)
            for owner in [f"{kind}:{uuid.UUID(ref)}"]
        }


def _fill(people):
    """As `owners` makes them, in two statements."""
    KeyOwner.objects.bulk_create(KeyOwner(kind=who.kind, ref=who.ref) for who in people)
    ids = dict(KeyOwner.objects.values_list("ref", "pk"))
    DataKey.objects.bulk_create(
        DataKey(
            owner=ids[who.ref],
            generation=1,
            kek="k1",
            wrapped=envelope.wrap(
                envelope.new_key(), owner=str(who), generation=1, by=FIRST, name="k1"
            ),
        )
        for who in people
    )


def _kill(command, env, *, lines):
    """Start it and kill it once it has said so many lines; how many processes were still at work then (1 or 0)."""
    with subprocess.Popen(
        command, env=env, cwd=settings.ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(0.002)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
    return int(alive)
