"""A clock that leaps deletes nothing early (H12), also where the process that saw it right has ended."""

import json
import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core import doors
from core.steady import SteadyClock
from notices.models import Chore, Notice, OutboxMail
from notices.worker import Worker


class Told(SteadyClock):
    """A clock and a count that a story moves, in hours."""

    wall = counted = 0.0
    boot = "first"

    def __init__(self, file=None, *, counted=0.0, wall=0.0, boot="first"):
        self.counted, self.wall, self.boot = counted, wall, boot
        super().__init__(file)

    def _boot(self):
        return self.boot

    def _wall(self):
        return self.wall * 3600

    def _counted(self):
        return self.counted * 3600


@pytest.fixture
def clock():
    return Told()


def after(clock, counted, wall=None):
    clock.counted, clock.wall = counted, counted if wall is None else wall
    return clock.has_leapt_ahead()


def test_time_that_passes_is_no_leap_however_much_of_it(clock):
    assert [after(clock, hours) for hours in (1, 1_000, 100_000)] == [False] * 3


def test_a_leap_is_in_doubt_until_the_clock_is_right_again(clock):
    assert after(clock, 1, wall=1.5) is False  # a correction
    assert after(clock, 2, wall=200) is True
    assert after(clock, 3, wall=201) is True
    assert after(clock, 4) is False


def test_a_leap_that_stays_for_a_day_was_a_correction_of_a_wrong_clock(clock):
    assert after(clock, 1, wall=200) is True
    assert after(clock, 24.9, wall=223.9) is True
    assert after(clock, 25, wall=224) is False
    assert after(clock, 26, wall=225) is False
    assert after(clock, 27, wall=500) is True  # the next one


def test_a_clock_that_is_set_back_deletes_nothing_too_early(clock):
    assert [after(clock, 10, wall=0), after(clock, 11, wall=1)] == [False, False]


@pytest.fixture
def note(tmp_path):
    """The file in which processes of a machine leave what they have seen."""
    return tmp_path / "run" / "clock.json"


def test_a_leap_is_noticed_by_the_process_that_begins_after_it(note):
    """Beside a worker that runs, and after it was killed."""
    Told(note, counted=10, wall=10)

    leapt = Told(note, counted=11, wall=400)
    right = Told(note, counted=12, wall=12)

    assert [leapt.has_leapt_ahead(), right.has_leapt_ahead()] == [True, False]
    assert Told(note, counted=13, wall=13.5).has_leapt_ahead() is False


def test_a_doubt_lasts_a_day_however_often_processes_begin(note):
    Told(note, counted=10, wall=10)

    asked = [Told(note, counted=at, wall=at + 400).has_leapt_ahead() for at in (11, 20, 34.9, 35)]

    assert asked == [True, True, True, False]
    assert Told(note, counted=36, wall=436).has_leapt_ahead() is False


def test_a_site_that_was_off_for_a_week_is_in_doubt_for_a_day(note):
    """Nobody knows whether it was off or its clock is wrong: what is too old goes a day later."""
    Told(note, counted=1_000, wall=1_000)

    asked = [
        Told(note, counted=at, wall=1_168 + at, boot="second").has_leapt_ahead()
        for at in (0.1, 23.9, 24.2)
    ]

    assert asked == [True, True, False]


def test_a_site_that_was_off_for_a_night_is_not(note):
    Told(note, counted=1_000, wall=1_000)
    second = Told(note, counted=0.1, wall=1_010, boot="second")

    assert second.has_leapt_ahead() is False
    assert after(second, 1, wall=1_011.5) is False
    assert after(second, 2, wall=1_014) is True  # from here on the count tells exactly


def test_a_clock_that_is_right_a_minute_after_the_machine_began_was_in_doubt_no_longer(note):
    """One that stood in the past at first, and one that stood in the future."""
    Told(note, counted=1_000, wall=1_000)
    behind = Told(note, counted=0.1, wall=-90_000, boot="second")
    asked = [behind.has_leapt_ahead(), after(behind, 0.2, wall=1_003)]
    ahead = Told(note, counted=0.1, wall=90_000, boot="third")
    asked += [ahead.has_leapt_ahead(), after(ahead, 0.2, wall=1_006)]

    assert asked == [False, False, True, False]


def test_a_doubt_outlives_another_start_of_the_machine_and_lasts_no_longer_by_it(note):
    Told(note, counted=1_000, wall=1_000)
    leapt = Told(note, counted=1_001, wall=9_000)
    after(leapt, 1_021, wall=9_020)

    asked = [
        Told(note, counted=at, wall=9_021 + at, boot="second").has_leapt_ahead()
        for at in (0.1, 3.9, 4.1)
    ]

    assert asked == [True, True, False]


def test_where_no_kernel_names_its_start_a_smaller_count_is_another_one(note):
    Told(note, counted=1_000, wall=1_000, boot="")

    assert Told(note, counted=1, wall=1_011, boot="").has_leapt_ahead() is False
    assert Told(note, counted=0.5, wall=2_000, boot="").has_leapt_ahead() is True


def test_the_service_that_may_not_ask_the_kernel_and_a_command_beside_it_go_by_one_file(note):
    asked = [
        Told(note, counted=at, wall=at + leap, boot=boot).has_leapt_ahead()
        for at, leap, boot in (
            (1_000, 0, ""),
            (1_001, 0, "first"),
            (1_002, 30, ""),
            (1_003, 30, "first"),
        )
    ]

    assert asked == [False, False, True, True]


@pytest.mark.parametrize("content", ["", "[]", "null", '{"boot": "first"}', "\x00", "broken {"])
def test_a_file_that_cannot_be_read_is_no_doubt_and_is_made_anew(note, content):
    note.parent.mkdir()
    note.write_text(content)

    assert Told(note, counted=1, wall=900).has_leapt_ahead() is False
    assert json.loads(note.read_text())["boot"] == "first"


def test_where_nothing_can_be_written_a_process_knows_what_it_has_seen_itself(tmp_path):
    (tmp_path / "run").write_text("a file in the place of the folder")
    clock = Told(tmp_path / "run" / "clock.json")

    assert after(clock, 1, wall=400) is True
    assert Told(tmp_path / "run" / "clock.json", counted=2, wall=401).has_leapt_ahead() is False


def test_the_file_is_written_once_a_minute_and_when_something_changes(note):
    clock, written = Told(note), []
    for seconds, leap in ((1, 0), (59, 0), (61, 0), (62, 0), (63, 9), (64, 9), (65, 0), (70, 0)):
        before = note.read_text()
        after(clock, seconds / 3600, wall=seconds / 3600 + leap)
        if note.read_text() != before:
            written.append(seconds)

    assert written == [61, 63, 65]


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_worker_whose_clock_leaps_a_year_deletes_nothing_and_says_so(
    cast, settings, tmp_path, monkeypatch
):
    """F12, H12: what is 180 days old goes, and this is of today."""
    settings.ALERT_EMAIL = "keeper@riverton.example"
    monkeypatch.setitem(doors._offers, "every_minute", [])
    worker = Worker(heartbeat=tmp_path / "heartbeat", stop=threading.Event())
    worker.round()
    Notice.objects.create(member=cast["dev"], kind="cohorts.added")
    before = Notice.objects.count()

    with time_machine.travel(timezone.now() + timedelta(days=365)):
        worker.round()

    assert Notice.objects.count() == before
    (alarm,) = OutboxMail.objects.filter(kind="alarm", text__contains="nothing is deleted")
    assert alarm.subject == "The clock of Riverton Healthy Starts leapt ahead"
    assert Chore.objects.get(name="hourly").next_at < timezone.now() + timedelta(days=2)
