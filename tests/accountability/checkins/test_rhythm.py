"""Dates by a rhythm, and clocks that change: nothing here asks a database. H12."""

from datetime import UTC, date, datetime, time
from itertools import islice

import pytest

from accountability.checkins.rhythm import Beat, days_after, first_day, next_day
from core.clock import moment

CHICAGO = "America/Chicago"


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def weekly(**changes):
    return Beat(
        **{"rhythm": "weekly", "weekday": 1, "at": time(18), "time_zone": CHICAGO} | changes
    )


def test_six_in_the_evening_stays_six_in_the_evening_when_the_clocks_change():
    assert moment(date(2026, 10, 27), time(18), CHICAGO) == utc(2026, 10, 27, 23)
    assert moment(date(2026, 11, 3), time(18), CHICAGO) == utc(2026, 11, 4, 0)


@pytest.mark.parametrize(
    ("day", "zone", "found"),
    [
        (date(2026, 3, 8), CHICAGO, utc(2026, 3, 8, 8, 30)),  # shown as 3:30
        (date(2026, 3, 29), "Europe/Madrid", utc(2026, 3, 29, 1, 30)),
        (
            date(2026, 10, 4),
            "Australia/Lord_Howe",
            utc(2026, 10, 3, 15, 30),
        ),  # it skips half an hour: 2:30 is there
    ],
)
def test_a_time_that_clocks_skip_moves_forward(day, zone, found):
    assert moment(day, time(2, 30), zone) == found


@pytest.mark.parametrize(
    ("day", "zone", "found"),
    [
        (date(2026, 11, 1), CHICAGO, utc(2026, 11, 1, 6, 30)),
        (date(2026, 11, 1), "America/New_York", utc(2026, 11, 1, 5, 30)),
    ],
)
def test_of_a_time_that_clocks_show_twice_the_first_is_meant(day, zone, found):
    assert moment(day, time(1, 30), zone) == found
    assert moment(day, time(1, 30, fold=1), zone) == found


def test_a_zone_that_the_tables_do_not_know_is_utc():
    assert moment(date(2026, 6, 2), time(18), "Nowhere/Land") == utc(2026, 6, 2, 18)


def test_every_four_weeks_goes_through_the_twenty_ninth_of_february():
    beat = weekly(rhythm="monthly")

    days = list(islice(days_after(beat, date(2028, 2, 1), after=utc(2028, 2, 2)), 3))

    assert days == [date(2028, 2, 29), date(2028, 3, 28), date(2028, 4, 25)]


@pytest.mark.parametrize(
    ("now", "first_on", "found"),
    [
        (utc(2026, 6, 1, 12), None, date(2026, 6, 2)),
        (utc(2026, 6, 2, 22, 59), None, date(2026, 6, 2)),
        (utc(2026, 6, 2, 23), None, date(2026, 6, 9)),  # the very moment is over
        (utc(2026, 6, 3, 3), None, date(2026, 6, 9)),  # still Tuesday in Chicago
        (utc(2026, 6, 1, 12), date(2026, 6, 12), date(2026, 6, 12)),
        (utc(2026, 6, 1, 12), date(2026, 5, 12), date(2026, 6, 2)),
    ],
)
def test_the_first_is_the_day_they_named_or_the_next_such_weekday(now, first_on, found):
    assert first_day(weekly(), now=now, first_on=first_on) == found


@pytest.mark.parametrize(
    ("beat", "last", "after", "found"),
    [
        (weekly(), date(2026, 6, 2), utc(2026, 6, 2, 23), date(2026, 6, 9)),
        (weekly(rhythm="fortnightly"), date(2026, 6, 2), utc(2026, 6, 2, 23), date(2026, 6, 16)),
        (weekly(weekday=0), date(2026, 6, 2), utc(2026, 6, 2, 23), date(2026, 6, 8)),
        (weekly(weekday=6), date(2026, 6, 2), utc(2026, 6, 2, 23), date(2026, 6, 7)),
        (weekly(weekday=4), date(2026, 6, 2), utc(2026, 6, 2, 23), date(2026, 6, 12)),
        (weekly(), date(2026, 6, 2), utc(2026, 7, 1), date(2026, 7, 7)),  # the worker slept
    ],
)
def test_the_next_one_lies_in_the_rhythm_and_after_now(beat, last, after, found):
    assert next_day(beat, last, after=after) == found


def test_another_time_zone_leaves_the_day_and_changes_the_moment():
    day = next_day(weekly(time_zone="Europe/Madrid"), date(2026, 6, 2), after=utc(2026, 6, 2, 23))

    assert day == date(2026, 6, 9)
    assert moment(day, time(18), "Europe/Madrid") == utc(2026, 6, 9, 16)
