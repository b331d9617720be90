"""The worker as a process and in rounds: it survives kills, a lost database, and failing work (threats H1, H7, H8, H12)."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.utils import timezone

from core import doors
from core.tasks import work_off
from notices import chores, outbox
from notices.models import Chore, Notice, OutboxMail
from notices.worker import PAUSE, Worker
from tests.cohorts.house import mails, new_member
from tests.notices.processes import start_worker, wait_for

BOTH = pytest.mark.django_db(databases=["default", "keys"])
REAL = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def worker(tmp_path):
    """A worker that nobody has started."""
    return Worker(heartbeat=tmp_path / "worker.heartbeat", stop=threading.Event())


@pytest.fixture
def hourly():
    """Lets a story offer hourly work, and takes it away again."""
    before = list(doors._offers.get("hourly", []))
    yield lambda work: doors.offer("hourly", work)
    doors._offers["hourly"] = before


@BOTH
def test_one_round_sends_what_is_due_and_leaves_a_sign_of_life(capsys):
    EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()

    call_command("run_worker", "--once")

    assert capsys.readouterr().out == "Mails taken up: 1. Tasks: 0.\n"
    assert len(mails()) == 1
    beat = (django_settings.VAR / "worker.heartbeat").read_text().strip()
    assert abs(datetime.fromisoformat(beat) - timezone.now()) < timedelta(seconds=30)


@BOTH
def test_hourly_work_is_done_once_an_hour_and_again_after_the_clock_was_set_back(worker, hourly):
    """H12."""
    asked = []
    hourly(lambda *, now: asked.append(now))
    hours = [0, 0.5, 1, 1.5, 2, -48, -47.5, -47]

    for step in hours:
        chores.do_due_chores(NOON + timedelta(hours=step))

    assert [(now - NOON) / timedelta(hours=1) for now in asked] == [0, 1, 2, -48, -47]


@BOTH
def test_work_that_fails_stops_neither_the_other_work_nor_the_mail(worker, hourly, caplog):
    """H8."""
    asked = []

    def broken(*, now):
        raise RuntimeError("the plum tree")

    hourly(broken)
    hourly(lambda *, now: asked.append(now))
    EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()

    worker.round()

    assert len(asked) == 1
    assert len(mails()) == 1
    assert "RuntimeError" in caplog.text
    assert "plum" not in caplog.text


@BOTH
@pytest.mark.parametrize("kind", [IntegrityError, DataError, ProgrammingError])
def test_what_a_database_refuses_one_app_keeps_no_other_waiting(worker, hourly, caplog, kind):
    """H8: it would be refused each time, so waiting for the database would starve whoever comes after it."""
    asked = []

    def refused(*, now):
        raise kind("the plum tree")

    hourly(refused)
    hourly(lambda *, now: asked.append(now))

    worker.round()

    assert len(asked) == 1
    assert (kind.__name__ in caplog.text, "plum" in caplog.text) == (True, False)


@BOTH
@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_regular_work_without_a_database_waits_for_it(hourly, kind):
    def lost(*, now):
        raise kind("gone")

    hourly(lost)

    with pytest.raises(kind):
        chores.run_offers("hourly", NOON)


@BOTH
def test_what_was_kept_long_enough_goes_in_the_night(worker):
    """F12: 180 days for notices, 30 for done mail; what waits stays however old it is."""
    newcomer = new_member("newcomer")
    for days in (179, 181):
        Notice.objects.create(
            member=newcomer, kind="cohorts.added", created_at=timezone.now() - timedelta(days=days)
        )
    for days, state in ((29, "sent"), (31, "sent"), (31, "dead"), (400, "waiting")):
        at = timezone.now() - timedelta(days=days)
        OutboxMail.objects.create(
            message_id=f"<{days}{state}@x>", member=newcomer, state=state, created_at=at,
            due_at=timezone.now() + timedelta(days=1),
            done_at=None if state == "waiting" else at,
        )  # fmt: skip

    Chore.objects.create(name="nightly", next_at=timezone.now())

    worker.round()
    work_off()

    assert Notice.objects.count() == 1
    assert sorted(OutboxMail.objects.values_list("message_id", flat=True)) == [
        "<29sent@x>", "<400waiting@x>",
    ]  # fmt: skip
    assert sorted(Chore.objects.values_list("name", flat=True)) == [
        "every_minute", "hourly", "nightly",
    ]  # fmt: skip


@BOTH
def test_a_lost_database_makes_the_worker_wait_longer_each_time_and_go_on(worker, monkeypatch):
    """H3."""

    def lost(_now):
        raise OperationalError("gone")

    with monkeypatch.context() as away:
        away.setattr(outbox, "claim", lost)
        pauses = [worker.guarded_round() for _ in range(7)]
    EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()

    assert pauses == [1, 2, 4, 5, 5, 5, 5]
    assert worker.guarded_round() == PAUSE
    assert len(mails()) == 1


@BOTH
def test_a_full_disk_costs_no_mail(worker, settings, tmp_path):
    """H4: a folder that cannot be written to is a server that is away."""
    (tmp_path / "mail").write_text("not a folder")
    EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()

    worker.round()

    row = OutboxMail.objects.get()
    assert (row.state, row.attempts, row.refusals) == ("waiting", 1, 0)


@REAL
def test_two_workers_never_take_the_same_mail():
    """SKIP LOCKED on PostgreSQL, one writer at a time on SQLite."""
    for number in range(30):
        EmailMessage("Hello", "text", to=[f"m{number}@riverton.example"]).send()
    now = timezone.now() + timedelta(seconds=1)
    taken: list[list] = [[], [], []]

    def take(mine):
        try:
            while (mail := outbox.claim(now)) is not None:
                mine.append(mail.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(mine,)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    everything = [pk for mine in taken for pk in mine]
    assert len(everything) == 30
    assert len(set(everything)) == 30


@REAL
@pytest.mark.scripts
def test_the_process_sends_mail_and_ends_cleanly_when_asked(tmp_path):
    process = start_worker(tmp_path)
    try:
        EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()
        sent = wait_for(lambda: len(list((tmp_path / "mail").glob("*.eml"))) == 1)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()

    assert sent
    assert process.returncode == 0
    assert out == "The worker has ended; no mail was left half-way.\n"
    assert err == ""
    assert (tmp_path / "worker.heartbeat").exists()


@pytest.mark.long
@REAL
@pytest.mark.scripts
def test_a_worker_that_is_killed_over_and_over_loses_and_doubles_no_mail(tmp_path):
    """H1, H7: files of one mail have one name, so a repeat would show as an attempt, never as a second file."""
    for number in range(100):
        EmailMessage("Hello", "text", to=[f"m{number}@riverton.example"]).send()
    kills = 2
    for _ in range(kills):
        process = start_worker(tmp_path)
        files = len(list((tmp_path / "mail").glob("*.eml")))
        wait_for(lambda before=files: len(list((tmp_path / "mail").glob("*.eml"))) > before + 5)
        process.kill()
        process.communicate()
    OutboxMail.objects.waiting().update(lease_until=None)  # as if the leases had run out

    last = Worker(heartbeat=tmp_path / "worker.heartbeat", stop=threading.Event())
    django_settings.MAIL_DELIVERY["folder"] = str(tmp_path / "mail")
    while last.round():
        pass

    rows = OutboxMail.objects.all()
    assert rows.filter(state="sent").count() == 100
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 100
    assert sum(row.attempts for row in rows) <= 100 + kills


@pytest.mark.scripts
def test_the_process_waits_for_a_database_that_has_no_tables_yet(tmp_path):
    """H3: it neither dies nor floods the log."""
    (tmp_path / "db").mkdir()
    with sqlite3.connect(tmp_path / "db" / "empty.sqlite3"):
        pass
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db' / 'empty.sqlite3'}",
        "KEYS_DATABASE_URL": f"sqlite:///{tmp_path / 'db' / 'keys.sqlite3'}",
        "LODESTAR_VAR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, str(Path(django_settings.ROOT) / "manage.py"), "run_worker"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        process.stdout.readline()
        time.sleep(2.5)
        alive = process.poll() is None
        process.send_signal(signal.SIGTERM)
        _out, err = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()

    assert alive
    assert 1 <= err.count("The database does not answer") <= 3
    assert "Traceback" not in err
    assert process.returncode == 0
