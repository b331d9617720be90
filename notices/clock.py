"""When a mail may leave: the spread that hides who else got one, digests, and quiet hours on the member's own clock.

Moments are aware datetimes. Rules are about the clock on the member's wall, so days of 23 and 25 hours come out right.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notices.choices import Rhythm

#: A mail leaves this many seconds after its time, at random per recipient, so that mails show no group (threats E5).
LEAST_SPREAD, MOST_SPREAD = 60, 600
DIGEST_HOUR = time(8, 0)
MONDAY = 0
MINUTE = timedelta(minutes=1)
#: No day is longer, whatever a clock change does to it.
LONGEST_DAY = timedelta(hours=26)

Quiet = tuple[time, time]


def spread() -> timedelta:
    """A random wait of 1 to 10 minutes."""
    return timedelta(seconds=LEAST_SPREAD + secrets.randbelow(MOST_SPREAD - LEAST_SPREAD + 1))


def is_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet | None) -> bool:
    """Whether the wall clock stands inside the quiet hours; the end itself is outside, and they may run over midnight."""
    if quiet is None:
        return False
    starts, ends = quiet
    wall = moment.astimezone(zone).time()
    if starts <= ends:
        return starts <= wall < ends
    return wall >= starts or wall < ends


def quiet_end(moment: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime:
    """The first moment from this one on at which the wall clock is outside the quiet hours.

    Walks minute by minute: an hour that the clock skips or shows twice needs no rule of its own.
    """
    if not is_quiet(moment, zone, quiet):
        return moment
    step = moment.astimezone(UTC).replace(second=0, microsecond=0) + MINUTE
    last = step + LONGEST_DAY
    while is_quiet(step, zone, quiet) and step < last:
        step += MINUTE
    return step


def next_digest(now: datetime, zone: ZoneInfo, rhythm: Rhythm) -> datetime:
    """The next eight o'clock on the member's wall after `now`, on a Monday for the weekly rhythm; in UTC."""
    day = now.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, DIGEST_HOUR, zone).astimezone(UTC)
        if moment > now and (rhythm is not Rhythm.WEEKLY or day.weekday() == MONDAY):
            return moment
        day += timedelta(days=1)


def leaves_at(moment: datetime, zone: ZoneInfo, quiet: Quiet | None) -> datetime:
    """When a mail whose time is `moment` goes out: after the spread, and after a spread past the end of quiet hours."""
    leaves = moment + spread()
    ends = quiet_end(leaves, zone, quiet)
    return leaves if ends == leaves else ends + spread()
