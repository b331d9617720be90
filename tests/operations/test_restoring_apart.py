"""Several machines share a database: while one brings a backup back, no other works with it, nor with half of it (threats H13)."""

import json
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from accounts.models import User
from core.postgresql import base, whole
from operations.backups import keeping, places, postgres, restoring
from operations.backups.making import make
from operations.backups.refusing import Refused
from operations.backups.restoring import restore
from tests.operations.test_restoring import BOTH, REAL, refused


def elsewhere():
    """What a connection is told that a process of another machine asks for; nothing when it is let in."""
    program = (
        "import sys, psycopg\nfrom core.postgresql.base import Connection\n"
        "try: Connection.connect(sys.argv[1]).close()\nexcept psycopg.Error as problem: print(problem)"
    )
    where = psycopg.conninfo.make_conninfo(**postgres._options("default"))
    done = subprocess.run([sys.executable, "-c", program, where], capture_output=True, text=True, check=True, cwd=settings.ROOT)  # fmt: skip
    return done.stdout.strip()


@contextmanager
def other_machine():
    """A connection as one of its threads has it."""
    with base.Connection.connect(**postgres._options("default")):
        yield


@pytest.mark.postgres
@BOTH
def test_while_another_machine_is_at_work_nothing_is_brought_back(installation, monkeypatch):
    """A machine shares no file with this one: what it holds is a lock of the database."""
    made = make()
    monkeypatch.setattr(postgres, "ENDING", 0.3)
    with other_machine():
        words = refused(made, replace=True)

    assert "Other programs still work with this database, from: this machine (1)." in words
    assert "Stop web server and worker on every machine" in words


@pytest.mark.postgres
@BOTH
def test_two_machines_do_not_bring_two_backups_back_at_once(installation, monkeypatch):
    made = make()
    monkeypatch.setattr(postgres, "ENDING", 0.3)
    whole.leave(connections["default"].connection)
    with psycopg.connect(**postgres._options("default"), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [whole.LOCK])

        assert "Another restore into this database is at work." in refused(made, replace=True)


@pytest.mark.postgres
@REAL
def test_while_a_backup_is_brought_back_no_machine_begins_and_none_with_half_of_it(installation, cast):  # fmt: skip
    """What another machine would show, and mail, is what is being forgotten meanwhile."""

    class Killed(BaseException):
        """As if the process had ended."""

    made = make()
    said = []

    def ask_from_elsewhere(words):
        if words.startswith("What was under way"):
            said.append(elsewhere())
            raise Killed

    with pytest.raises(Killed):
        restore(made, replace=True, say=ask_from_elsewhere)
    connections.close_all()
    said.append(elsewhere())
    restoring._marker().unlink()  # of the machine that began; another has none
    with pytest.raises(CommandError) as refused_to_start:
        call_command("prepare")
    restore(made)

    assert "a backup is being brought back into it" in said[0]
    assert "that was interrupted; type the same restore again" in said[1]
    assert "that was interrupted" in str(refused_to_start.value)
    assert elsewhere() == ""
    assert User.objects.filter(pk=cast["dev"].pk).exists()


@pytest.mark.postgres
@BOTH
def test_the_note_of_a_restore_that_another_machine_has_finished_overwrites_nothing(installation):
    """Everything since would be gone, without a backup of it and unasked."""
    made = make()
    restoring._marker().parent.mkdir(parents=True, exist_ok=True)
    restoring._marker().write_text(json.dumps({"restore": str(made)}))

    with pytest.raises(Refused) as problem:
        restore(made)

    assert "holds people already" in str(problem.value)
    assert restoring.unfinished() is None
    assert not restoring._marker().exists()


@REAL
def test_the_backup_that_is_wanted_is_not_let_go_of_meanwhile(installation, cast):
    """It was brought here from another place, and is older than those that are kept."""
    made = make()
    old = made.with_name(places.name_of(timezone.now() - keeping.KEPT_FOR * 2))
    made.rename(old)
    User.objects.filter(pk=cast["dev"].pk).update(chosen_name="Someone else")

    restore(old, replace=True)

    assert old.is_dir()
    assert User.objects.get(pk=cast["dev"].pk).chosen_name == cast["dev"].chosen_name
