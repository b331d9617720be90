"""How long backups live, what is known of them between two, and when the operators are told."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from core import doors, steady
from core.crypto.erasures import BACKUPS_KEPT_FOR
from core.signs import signs
from core.tasks import work_off
from operations import here
from operations.backups import keeping, places, state
from operations.backups.making import make

BOTH = pytest.mark.django_db(databases=["default", "keys"])
NOW = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)


def a_set(home, before, *, aside=False):
    """A folder that passes for a set, begun so long before noon."""
    path = home / (places.ASIDE * aside + places.name_of(NOW - before))
    path.mkdir(parents=True)
    (path / places.MANIFEST).write_text("{}")
    return path


def test_nothing_of_a_backup_is_there_after_seven_days(installation):
    """C8: the worker looks every hour, so each goes before its seven days are over."""
    home = installation / "backups"
    kept = [a_set(home, timedelta(days=days)) for days in (0, 3, 6)]
    for hours in (22, 23, 24):
        a_set(home, timedelta(days=6, hours=hours))
    a_set(home, timedelta(days=9), aside=True)
    other = home / "notes of ours"
    other.mkdir()

    assert keeping.prune(home, NOW) == 4

    assert sorted(home.iterdir()) == sorted([*kept, other])
    assert timedelta(hours=1) < BACKUPS_KEPT_FOR - keeping.KEPT_FOR < timedelta(hours=24)


def test_a_backup_that_a_wrong_clock_dated_goes_when_there_is_a_better_one(installation):
    """H12."""
    home = installation / "backups"
    ahead = a_set(home, -timedelta(days=400))

    assert keeping.prune(home, NOW) == 0
    a_set(home, timedelta(minutes=5))
    assert keeping.prune(home, NOW) == 1

    assert not ahead.exists()


def test_a_clock_that_leaps_ahead_takes_no_backup_with_it(settings, installation):
    """H12: neither by the worker's rounds, nor by a start, nor by a backup; when it is right again, age counts as before."""
    settings.CLOCK_NOTE = installation / "run" / "clock.json"
    now = timezone.now()
    sets = [settings.BACKUPS / places.name_of(now - timedelta(days=days)) for days in (1, 6)]
    for folder in (*sets, settings.PAPERS, settings.COPIES):
        folder.mkdir(parents=True)
    drafts = [folder / "begun.part" for folder in (settings.PAPERS, settings.COPIES)]
    for draft in drafts:
        draft.write_bytes(b"half")
    here.tidy_here(now)

    with time_machine.travel(now + timedelta(days=30)):
        steady._clocks.clear()  # what begins now, as a start or a command does, has seen nothing itself
        here.tidy_here(timezone.now())
        gone = keeping.prune()
        still = [path.exists() for path in (*sets, *drafts)]

    assert (gone, still) == (0, [True] * 4)
    with time_machine.travel(now + timedelta(minutes=1)):
        assert keeping.prune(now=now + timedelta(days=2)) == 1
    assert [path.exists() for path in sets] == [True, False]


@BOTH
def test_the_sign_says_when_the_last_one_was_made_and_turns_after_26_hours(installation):
    made = make()
    begun = places.moment_of(made.name)

    [fresh] = [one for one in signs(begun + timedelta(hours=25)) if one.name == "backup"]
    [late] = [one for one in signs(begun + timedelta(hours=27)) if one.name == "backup"]

    assert (fresh.is_well, late.is_well) == (True, False)
    assert str(begun.year) in str(fresh.said)
    assert "manage.py backup" in str(late.advice)


@BOTH
def test_a_new_installation_is_not_told_of_a_backup_that_it_cannot_have_yet(installation):
    state.note(restored_at=NOW.isoformat())

    assert state.is_overdue(NOW + timedelta(hours=25)) is False
    assert state.is_overdue(NOW + timedelta(hours=27)) is True


@BOTH
def test_a_folder_that_was_emptied_by_hand_is_no_good_backup_whatever_was_noted(installation):
    made = make()
    os.rename(made, made.with_name("away"))

    assert state.last_good() is None


@pytest.fixture
def alarms():
    """What the operators were told."""
    told = []

    def hear(*, what, **_given):
        told.append(what)

    before = list(doors._offers.get("alarm", []))
    doors.offer("alarm", hear)
    yield told
    doors._offers["alarm"] = before


@BOTH
def test_every_hour_what_is_too_old_goes_and_the_operators_hear_of_a_missing_one(installation, alarms):  # fmt: skip
    from operations.backups import offers

    old = a_set(installation / "backups", timezone.now() - NOW + timedelta(days=-8))
    old.rename(old.with_name(places.name_of(timezone.now() - timedelta(days=8))))
    state.note(restored_at=(timezone.now() - timedelta(days=8)).isoformat())

    offers.hourly(now=timezone.now())

    assert places.everything(installation / "backups") == []
    assert alarms == ["backup"]


@BOTH
def test_a_backup_that_was_refused_at_night_is_tried_again_within_the_hour(installation, alarms):
    from operations import nightly
    from operations.backups import offers

    with places.alone(installation / "backups"):
        night = nightly.run(only="backup")
    assert (night.failed, alarms) == (["backup"], ["backup"])
    assert "Another backup is being made" in night.why[0]

    offers.hourly(now=timezone.now())
    offers.hourly(now=timezone.now())
    assert work_off() == 1

    assert len(places.whole_sets(installation / "backups")) == 1
