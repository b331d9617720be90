"""When a mail may leave: on the member's own wall clock, whatever the clock does (threats E5, H12)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from notices import clock
from notices.choices import Rhythm

NEW_YORK = ZoneInfo("America/New_York")
NIGHT = (time(22, 0), time(7, 0))


def at(text: str, zone: ZoneInfo = NEW_YORK, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


def wall(moment: datetime, zone: ZoneInfo = NEW_YORK) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def test_the_spread_is_between_one_and_ten_minutes_and_differs():
    waits = {clock.spread() for _ in range(300)}

    assert min(waits) >= timedelta(minutes=1)
    assert max(waits) <= timedelta(minutes=10)
    assert len(waits) > 100


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-01-14 21:59:00", "2026-01-14 21:59"),  # not yet quiet
        ("2026-01-14 22:00:00", "2026-01-15 07:00"),  # over midnight
        ("2026-01-15 03:30:00", "2026-01-15 07:00"),
        ("2026-01-15 07:00:00", "2026-01-15 07:00"),  # the end is outside
        ("2028-02-28 23:00:00", "2028-02-29 07:00"),  # a leap day
        ("2028-02-29 23:00:00", "2028-03-01 07:00"),
        ("2026-12-31 23:59:59", "2027-01-01 07:00"),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(moment, end):
    assert wall(clock.quiet_end(at(moment), NEW_YORK, NIGHT)) == end


def test_quiet_hours_that_end_in_the_hour_that_spring_skips_end_where_the_clock_goes_on():
    """On 8 March 2026 New York goes from 02:00 to 03:00: 02:30 never comes."""
    end = clock.quiet_end(at("2026-03-08 01:00"), NEW_YORK, (time(22, 0), time(2, 30)))

    assert end == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert wall(end) == "2026-03-08 03:00"


def test_quiet_hours_that_end_in_the_hour_that_autumn_shows_twice():
    """On 1 November 2026 New York shows 01:00 to 02:00 twice: quiet by the clock is quiet both times."""
    quiet = (time(22, 0), time(1, 30))

    first = clock.quiet_end(at("2026-11-01 01:10", fold=0), NEW_YORK, quiet)
    second = clock.quiet_end(at("2026-11-01 01:10", fold=1), NEW_YORK, quiet)

    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert second == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_quiet_hours_of_a_night_of_25_hours_end_at_seven():
    end = clock.quiet_end(at("2026-10-31 22:30"), NEW_YORK, NIGHT)

    assert wall(end) == "2026-11-01 07:00"
    assert end - at("2026-10-31 22:30").astimezone(UTC) == timedelta(hours=9, minutes=30)


def test_without_quiet_hours_nothing_is_quiet():
    moment = at("2026-01-15 03:30")

    assert clock.quiet_end(moment, NEW_YORK, None) == moment


@pytest.mark.parametrize(
    ("now", "rhythm", "expected"),
    [
        ("2026-01-14 07:59", Rhythm.DAILY, "2026-01-14 08:00"),
        ("2026-01-14 08:00", Rhythm.DAILY, "2026-01-15 08:00"),
        ("2028-02-28 20:00", Rhythm.DAILY, "2028-02-29 08:00"),
        ("2026-01-14 12:00", Rhythm.WEEKLY, "2026-01-19 08:00"),  # a Wednesday, then Monday
        ("2026-01-19 07:00", Rhythm.WEEKLY, "2026-01-19 08:00"),
        ("2026-01-19 08:00", Rhythm.WEEKLY, "2026-01-26 08:00"),
        ("2026-03-07 12:00", Rhythm.DAILY, "2026-03-08 08:00"),  # a day of 23 hours
        ("2026-10-31 12:00", Rhythm.DAILY, "2026-11-01 08:00"),  # a day of 25 hours
    ],
)
def test_a_digest_comes_at_eight_on_the_members_wall(now, rhythm, expected):
    assert wall(clock.next_digest(at(now), NEW_YORK, rhythm)) == expected


def test_the_day_that_samoa_skipped_has_no_digest():
    """Apia went from 29 to 31 December 2011; the calendar's 30 December never came."""
    apia = ZoneInfo("Pacific/Apia")

    digest = clock.next_digest(at("2011-12-29 12:00", apia), apia, Rhythm.DAILY)

    assert wall(digest, apia) == "2011-12-31 08:00"


def test_a_mail_whose_spread_ends_in_quiet_hours_leaves_spread_out_after_them():
    leaves = {clock.leaves_at(at("2026-01-14 21:59:30"), NEW_YORK, NIGHT) for _ in range(100)}

    assert wall(min(leaves)) >= "2026-01-15 07:01"
    assert wall(max(leaves)) <= "2026-01-15 07:10"
    assert len(leaves) > 50
