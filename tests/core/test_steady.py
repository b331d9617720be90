"""A clock that leaps deletes nothing early (H12)."""

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
