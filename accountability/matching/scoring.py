"""How well two people fit: an integer weight, and the reasons in codes and in words. Pure: no database.

The weights are no judgment of people. They order ways to pair those who want to be paired; nobody ever sees them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accountability.buddies.choices import Rhythm
from accountability.matching.choices import HOURS, Outside, Part, Spoken, Topic, Weekday
from accountability.matching.said import CELLS, Said

#: A quarter of an hour: time zones differ by no less.
SLOT = timedelta(minutes=15)
SLOTS = 7 * 24 * 4
MOST_SLOTS = 48  # twelve hours in common are as good as more
LEAST_SLOTS = 4  # an hour in common is a time to meet

EACH_SLOT = 4
LANGUAGE = 1_000  # more than everything else together
RHYTHM = 150
EACH_TOPIC, MOST_TOPICS = 60, 3
ELSEWHERE = 200
BASE = 1


@dataclass(frozen=True)
class Person:
    """Who wants a buddy, as far as it matters for matching. `free` is the answered grid in real time (`free_slots`)."""

    id: Any
    said: Said
    organization: Any = None
    zone: str = "UTC"
    free: int = 0


@dataclass(frozen=True)
class Reason:
    """One thing that two people have in common: its kind, and the values of it that one of them chose."""

    kind: str
    values: tuple[str, ...] = ()


def free_slots(times: Sequence[str], zone: str, monday: date) -> int:
    """The quarters of an hour of a week in which somebody is free, a bit each, counted from Monday 0:00 UTC.

    The week begins on `monday`; what reaches over its end counts at its beginning, as every week is alike.
    """
    free = 0
    for cell in times:
        free |= _cell(cell, zone, monday)
    return free


@lru_cache(maxsize=4_096)
def _cell(cell: str, zone: str, monday: date) -> int:
    day = monday + timedelta(days=int(cell[0]))
    first, last = HOURS[cell[1]]
    here = ZoneInfo(zone)
    begins, ends = (
        datetime.combine(day, time(hour), tzinfo=here).astimezone(ZoneInfo("UTC"))
        for hour in (first, last)
    )
    zero = datetime.combine(monday, time(0), tzinfo=ZoneInfo("UTC"))
    return sum(
        1 << (slot % SLOTS) for slot in range((begins - zero) // SLOT, (ends - zero) // SLOT)
    )


def can_talk(one: Said, other: Said) -> bool:
    """Whether the two share a language, or one of them named none."""
    return (
        not (one.languages and other.languages)
        or not {*one.languages}.isdisjoint(other.languages)
    )  # fmt: skip


def same_organization(one: Person, other: Person) -> bool:
    """Whether the two work for the same organization, as far as they say where."""
    return one.organization is not None and one.organization == other.organization


def may_meet(one: Person, other: Person) -> bool:
    """Whether their answers let the two be matched: a language to talk in, and nobody who asked for outside only is colleagues."""
    only = Outside.ONLY in (one.said.outside, other.said.outside)
    return can_talk(one.said, other.said) and not (only and same_organization(one, other))


def weight(one: Person, other: Person) -> int:
    """How well the two fit, at least 1. A language that both named weighs more than everything else together."""
    wished = {one.said.outside, other.said.outside} != {Outside.ANY.value}
    slots = (one.free & other.free).bit_count()
    topics = len({*one.said.topics} & {*other.said.topics})
    return (
        BASE
        + (LANGUAGE if {*one.said.languages} & {*other.said.languages} else 0)
        + EACH_SLOT * min(slots, MOST_SLOTS)
        + (RHYTHM if one.said.rhythm and one.said.rhythm == other.said.rhythm else 0)
        + EACH_TOPIC * min(topics, MOST_TOPICS)
        + (ELSEWHERE if wished and not same_organization(one, other) else 0)
    )


def reasons(mine: Person, other: Person, monday: date) -> tuple[Reason, ...]:
    """What the two have in common, for the one who reads it: times are fields of the reader's own grid."""
    cells = (
        cell
        for cell in mine.said.times
        if (_cell(cell, mine.zone, monday) & other.free).bit_count() >= LEAST_SLOTS
    )
    wished = mine.said.outside != Outside.ANY and not same_organization(mine, other)
    rhythm = mine.said.rhythm if mine.said.rhythm == other.said.rhythm else ""
    found = (
        Reason("languages", tuple(x for x in mine.said.languages if x in other.said.languages)),
        Reason("times", tuple(cells)),
        Reason("rhythm", (rhythm,) if rhythm else ()),
        Reason("topics", tuple(x for x in mine.said.topics if x in other.said.topics)),
        Reason("elsewhere", ("yes",) if wished else ()),
    )
    return tuple(reason for reason in found if reason.values)


def words(reason: Reason) -> list[str]:
    """The reason in whole sentences, in the language of the page. What is no choice (any more) is passed over."""
    match reason.kind:
        case "languages":
            said, choices = _("Both speak %(value)s."), Spoken.choices
        case "times":
            return _times([cell for cell in reason.values if cell in CELLS])
        case "rhythm":
            said, choices = _("Both would check in %(value)s."), Rhythm.choices
        case "topics":
            said, choices = _("Both want to work on: %(value)s."), Topic.choices
        case "elsewhere":
            return [_("You do not work for the same organization.")]
        case _:
            return []
    labels = dict(choices)
    return [said % {"value": labels[value]} for value in reason.values if value in labels]


def _times(cells: Sequence[str]) -> list[str]:
    """A sentence a part of the day: "Both free on Tuesday evenings." """
    said = {
        Part.MORNING: _("Both free in the morning on: %(days)s."),
        Part.MIDDAY: _("Both free at midday on: %(days)s."),
        Part.EVENING: _("Both free in the evening on: %(days)s."),
    }
    alone = {
        Part.MORNING: _("Both free on %(day)s mornings."),
        Part.MIDDAY: _("Both free on %(day)s at midday."),
        Part.EVENING: _("Both free on %(day)s evenings."),
    }
    found = []
    for part in Part:
        days = [str(Weekday(int(cell[0])).label) for cell in cells if cell[1] == part]
        if len(days) == 1:
            found.append(alone[part] % {"day": days[0]})
        elif days:
            found.append(said[part] % {"days": ", ".join(days)})
    return found
