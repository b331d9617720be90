"""A count of people, week by week.

    shown = publish(None, Counted(on=monday, members=here, yes=done, kind=Kind.LASTING))
    later = publish(shown, Counted(on=next_monday, ...))

Nothing of who did what is kept from one week to the next: `Behind` holds the number that is on show and the people who could
have been counted, whose being there everybody knows. Whether a number moves follows from counts alone.

What must be true of a measure, and is for its caller to keep:

- Two states of one person in two cells, or in two weeks, say nothing of each other, but for `LASTING`. A count over “the last
  four weeks” that is made weekly breaks this; one over the week that ended does not.
- Totals are not measures: a cell, and “in any of these cells”, are not both counted.
- Nobody is counted in two tables of the same measure. Who is counted in another cohort is `apart` in this one.
- Whose state others can see, in public or because of a name, is `apart` while they can; where it lasts, `publish` remembers it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from core.suppression.names import shown_by_name
from core.suppression.rules import COHORT, first_shown, may_replace
from core.suppression.shown import Number, Shown, Why

People = frozenset[Hashable]
HowMany = Callable[[People], int]
NOBODY: People = frozenset()
A_WEEK = timedelta(days=7)


class Kind(Enum):
    """How the state of one person may change."""

    LASTING = "lasting"  # done is done: whoever knows today's state knows something of last week's
    FREE = "free"  # today's state says nothing of last week's


@dataclass(frozen=True)
class Counted:
    """What was found out on one day. `yes` is the secret; all else is known to everybody.

    `yes` holds people, or says how many of some people it would hold, so that whoever knows need not hand it out. Where
    `in_pairs` it is of pairs. How many pairs there are is a secret too; how many there could be is not.
    """

    on: date
    members: People
    yes: frozenset[Hashable] | HowMany
    kind: Kind = Kind.FREE
    apart: People = NOBODY  # their state is known here, or they are counted elsewhere
    wishing: People = NOBODY  # would be shown by name
    in_pairs: bool = False

    def __post_init__(self) -> None:
        """A pair has no name, and does not last."""
        if self.in_pairs and (self.kind is not Kind.FREE or self.wishing):
            raise ValueError("pairs are counted as they are this week, and without names")

    def count(self, counted: People) -> int:
        """How many of these people, or how many pairs."""
        if callable(self.yes):
            return self.yes(counted)
        return len(self.yes if self.in_pairs else self.yes & counted)


@dataclass(frozen=True)
class Behind:
    """What the next week needs to know: no state of anybody."""

    number: Number | None = None  # on show, or held back only while the cohort is small
    counted: People = NOBODY  # who could have been counted when it was
    panel: People | None = (
        None  # LASTING: of whom the measure counts, from the first time that something was shown
    )
    known: People = NOBODY  # LASTING: whose state was ever known here


@dataclass(frozen=True)
class Published:
    """What everybody may see since the day `on`, and who is shown by name or why nobody is."""

    on: date
    shown: Shown
    named: People | Why = NOBODY
    behind: Behind = field(default_factory=Behind)


def publish(previous: Published | None, now: Counted) -> Published:
    """This week's publication. Within seven days of the last one that one stands, whatever was counted."""
    if previous is not None and now.on - previous.on < A_WEEK:
        return previous
    before = previous.behind if previous else Behind()
    named = shown_by_name(now.members, now.wishing - (before.panel or NOBODY))
    known = now.apart | (named if isinstance(named, frozenset) else NOBODY) | before.known
    counted = (now.members if before.panel is None else before.panel & now.members) - known
    shown, number, since = _shown(before, now, counted)
    if now.kind is Kind.FREE:
        return Published(now.on, shown, named, Behind(number, since))
    begun = before.panel is not None or shown not in (Why.COHORT_SMALL, Why.PEOPLE_FEW)
    return Published(now.on, shown, named, Behind(number, since, counted if begun else None, known))


def _shown(before: Behind, now: Counted, counted: People) -> tuple[Shown, Number | None, People]:
    """What everybody sees; the number to go on from, if there is one, and who could be counted when it was made."""
    if len(now.members) < COHORT:
        return Why.COHORT_SMALL, before.number, before.counted
    places = len(counted) // 2 if now.in_pairs else len(counted)
    first = first_shown(now.count(counted), places)
    number = before.number
    if number and not may_replace(number, first, places, len(before.counted ^ counted)):
        return number, number, before.counted
    if isinstance(first, Why):
        return first, None, NOBODY
    new = Number(first, places, now.on)
    return new, new, counted
