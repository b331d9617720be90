"""Dev and Elu are a pair and check in each Tuesday at 18:00 in Chicago; the story begins on a Monday at noon."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.checkins.actions import hand_in, plan_check_ins
from accountability.checkins.models import CheckIn
from accountability.checkins.offers import every_minute, hourly
from accountability.checkins.texts import Words
from notices.models import Notice

#: A Monday; the first check-in is on Tuesday, the second of June 2026, at 23:00 UTC.
MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
FIRST = datetime(2026, 6, 2, 23, tzinfo=UTC)
A_WEEK = timedelta(days=7)
DEVS = Words(did="I asked for the minutes.", avoided="I avoided the director.")
ELUS = Words(need="I need an hour with you.", ahead="Next I call the clinic.")


def pair_up(cast: dict[str, Any], *names: str, plan: bool = True) -> Any:
    """A pair (or three) of these people, with its rhythm."""
    pair = form_pair(members=[cast[name] for name in names], came_about=CameAbout.ASKED)
    if plan:
        plan_weekly(pair)
    return pair


def plan_weekly(pair: Any, **changes: Any) -> None:
    """Each Tuesday at 18:00 in Chicago, but for the changes."""
    beat = {"rhythm": "weekly", "weekday": 1, "at": time(18), "time_zone": "America/Chicago"}
    plan_check_ins(pair=pair, now=MONDAY, **{**beat, **changes})


def coming(pair: Any) -> Any:
    """The check-in that comes, None where there is none."""
    return CheckIn.objects.coming().filter(pair=pair).first()


def both_write(cast: dict[str, Any], pair: Any) -> Any:
    """Dev and Elu hand in for the one that comes, which is given back as it stands then."""
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)
    check_in.refresh_from_db()
    return check_in


def minute(now: datetime) -> None:
    """What the worker does each minute."""
    every_minute(now=now)


def hour(now: datetime) -> None:
    """What the worker does each hour."""
    hourly(now=now)


def told(kind: str) -> list[str]:
    """Who was told of this kind, by first name."""
    rows = Notice.objects.filter(kind=kind).select_related("member")
    return sorted(row.member.chosen_name.split()[0].lower() for row in rows)


def typed(words: Words, *, seen: int = 0, act: str = "hand_in") -> dict[str, Any]:
    """What the form sends."""
    return {**words.values, "seen": seen, "act": act}
