"""The night's work: once after each 03:00, each step by itself (threats A12, F12, H12)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from core import doors
from core.tasks import work_off
from notices.models import Chore, Notice
from operations import checks, nightly, traces
from operations.backups import manifest, places, state
from operations.backups.making import make

BOTH = pytest.mark.django_db(databases=["default", "keys"])
REAL = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def at_night():
    """Lets a story offer work of the night, and takes it away again."""
    before = list(doors._offers.get("nightly", []))
    yield lambda work: doors.offer("nightly", work)
    doors._offers["nightly"] = before


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        ("UTC", "2026-01-14T02:59", "2026-01-14T03:00"),
        ("UTC", "2026-01-14T03:00", "2026-01-15T03:00"),
        ("America/New_York", "2026-01-14T12:00", "2026-01-15T08:00"),
        ("America/New_York", "2026-03-08T06:00", "2026-03-08T07:00"),  # clocks skip from 2 to 3
        ("America/New_York", "2026-11-01T05:30", "2026-11-01T08:00"),  # clocks show 1 to 2 twice
        ("America/New_York", "2028-02-28T20:00", "2028-02-29T08:00"),
    ],
)
def test_the_night_is_at_three_by_the_initiatives_clock(settings, zone, now, then):
    """H12."""
    settings.TIME_ZONE = zone

    found = nightly.next_after(datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert found == datetime.fromisoformat(then).replace(tzinfo=UTC)


@BOTH
def test_it_is_done_once_a_night_also_when_the_machine_slept_through_it(installation, at_night):  # fmt: skip
    """H12: from noon on hour by hour; two nights asleep; then two days back."""
    done = []
    at_night(lambda *, now: done.append(now) or {})
    hours = [*range(40), 95, 96, 97, 111, *range(48, 64)]

    for hour in hours:
        nightly.begin_if_due(NOON + timedelta(hours=hour), only="due")

    assert [(now - NOON) / timedelta(hours=1) for now in done] == [15, 39, 95, 111, 48, 63]


@BOTH
def test_the_night_is_a_task_and_holds_up_no_mail(installation, at_night, monkeypatch):
    """H12: two workers that look at the same hour put it in once; nothing of it is done at the hourly door itself."""
    done = []
    at_night(lambda *, now: done.append(now) or {})
    monkeypatch.setattr(nightly, "STEPS", {"due": nightly.STEPS["due"]})
    nightly.enqueue_if_due(timezone.now() - timedelta(days=2))

    asked = [nightly.enqueue_if_due(timezone.now()) for _worker in range(2)]

    assert (asked, done) == ([True, True], [])
    assert (work_off(), len(done)) == (1, 1)
    assert nightly.enqueue_if_due(timezone.now()) is False


@BOTH
def test_a_worker_that_died_over_it_is_followed_two_hours_later(installation, at_night):  # fmt: skip
    """H1."""
    done = []

    def dies(*, now):
        done.append(now)
        if len(done) == 1:
            raise KeyboardInterrupt

    at_night(dies)
    nightly.begin_if_due(NOON, only="due")
    with pytest.raises(KeyboardInterrupt):
        nightly.begin_if_due(NOON + timedelta(hours=16), only="due")

    for hours in (17, 18, 19):
        nightly.begin_if_due(NOON + timedelta(hours=hours), only="due")

    assert [(now - NOON) / timedelta(hours=1) for now in done] == [16, 18]


@BOTH
def test_one_step_that_fails_keeps_no_other_from_being_done(installation, at_night, cast, caplog, capsys):  # fmt: skip
    """H8."""

    def broken(*, now):
        raise ValueError("the plum tree")

    at_night(broken)
    at_night(lambda *, now: {"pears counted": 3})
    old = NOON - timedelta(days=400)
    Notice.objects.create(member=cast["dev"], kind="cohorts.added", created_at=old)

    with pytest.raises(CommandError) as failed:
        call_command("run_nightly")

    said = capsys.readouterr().out
    assert failed.value.returncode == 1
    assert "These could not be done: tests." in str(failed.value)
    assert "plum" not in caplog.text + said
    assert "pears counted: 3\n" in said
    assert not Notice.objects.filter(created_at=old).exists()
    assert len(places.whole_sets(installation / "backups")) == 1
    assert state.read()["last_check"]["not_well"] == []


def written(where):
    return b"".join(Path(where + tail).read_bytes() for tail in ("", "-wal"))


@REAL
def test_what_was_deleted_stands_in_no_file_after_the_night(cast):
    """A12: neither in the write-ahead log nor in the index of the search."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files.")
    where = connection.settings_dict["NAME"]
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("CREATE VIRTUAL TABLE plums USING fts5(words)")
        cursor.execute("INSERT INTO plums(words) VALUES ('plumtreeplumtree in the yard')")
    with transaction.atomic():
        connection.cursor().execute("DELETE FROM plums")
    before = written(where)

    assert traces.remove() == 2

    after = written(where)
    connection.cursor().execute("DROP TABLE plums")
    assert (b"plumtree" in before, b"plumtree" in after) == (True, False)


@BOTH
def test_the_look_finds_a_backup_that_is_damaged_and_later_ones_link_nothing_of_it(installation):
    first = make()
    film = first / "media" / "documents" / "film.vtt"
    film.write_text("WEBVTX")

    assert checks.look(datetime.now(UTC)) == ["backup"]
    assert state.read()["last_check"]["not_well"] == ["backup"]
    assert state.is_damaged() is True
    second = make()

    manifest.verify(second, manifest.read(second))
    assert checks.look(datetime.now(UTC)) == []
    assert state.is_damaged() is False


@BOTH
def test_the_look_finds_a_keyring_that_does_not_open(installation, settings):
    """C6."""
    from config.settings.keyring import Keyring
    from core.crypto import owners

    make()
    settings.FIELD_KEYS = Keyring("k1", {"k1": b"x" * 32})
    owners.forget()

    assert checks.look(datetime.now(UTC)) == ["keyring"]


@BOTH
def test_a_night_by_a_clock_that_leapt_ahead_deletes_nothing(cast, settings, installation):
    """H12: also where it was put in as a task before the leap, or is typed by hand."""
    settings.CLOCK_NOTE = installation / "run" / "clock.json"
    Notice.objects.create(member=cast["dev"], kind="cohorts.added")
    before, said = Notice.objects.count(), []
    nightly.run(only="retention")

    with time_machine.travel(timezone.now() + timedelta(days=365)):
        leapt = nightly.run(only="retention", say=said.append)

    assert Notice.objects.count() == before
    assert (leapt.counts, leapt.failed) == ({}, [])
    assert "nothing is deleted because of its age" in said[0]


@BOTH
def test_the_first_night_of_a_new_installation_is_the_next_one(installation):
    assert nightly.begin_if_due(NOON, only="due") is None
    assert Chore.objects.get(name="nightly").next_at == NOON + timedelta(hours=15)
