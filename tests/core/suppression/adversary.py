"""Somebody who keeps every table, knows who was there when, who is known, our rules, and their own state at all times.

What they can find out is found exactly. People who were counted in the same weeks, and of whom the same is known, are exchangeable, so a history is how many of
each such group had done it in each week. A week's publication leaves certain totals possible: those with which our own rule, run
again, publishes the same. Forward and backward through the weeks this gives every history that fits all of them: a 0/1 program
whose columns are intervals, solved without a solver.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from core.suppression import Counted, Kind, Number, Published, Why, publish

Rule = Callable[[Published | None, Counted], Published]


@dataclass
class Story:
    """What happened: the weeks as counted, and what was published of them."""

    weeks: list[Counted]
    rule: Rule = publish
    seen: list[Published] = field(default_factory=list)
    counted: list[frozenset[Hashable]] = field(default_factory=list)

    def __post_init__(self):
        for now in self.weeks:
            before = self.seen[-1] if self.seen else None
            self.seen.append(self.rule(before, now))
            self.counted.append(self._uncovered(self.seen[-1], now))
        self.told = [self._told(week) for week in range(len(self.weeks))]

    @staticmethod
    def _uncovered(published, now):
        """Whom a number of this week is about: everybody knows."""
        if published.behind.panel is not None:
            return published.behind.panel
        named = published.named if isinstance(published.named, frozenset) else frozenset()
        return now.members - now.apart - named - published.behind.known

    def _told(self, week):
        """States that others know without any number: they are shown, or follow from when they are, where done is done."""
        lasting = self.weeks[0].kind is Kind.LASTING
        found = {}
        for then, (now, published) in enumerate(zip(self.weeks, self.seen, strict=True)):
            named = published.named if isinstance(published.named, frozenset) else frozenset()
            for person in now.members & (now.apart | named):
                done = person in now.yes
                if then == week or (lasting and (then < week) == done):
                    found[person] = done
        return found

    def hidden(self, week):
        """That no number of this very week is shown."""
        shown = self.seen[week].shown
        return not (isinstance(shown, Number) and shown.on == self.weeks[week].on)

    def possible_totals(self, week):
        """How many of the counted may have been “yes”, for all that this week's publication says by itself."""
        before = self.seen[week - 1] if week else None
        now, people = self.weeks[week], sorted(self.counted[week])
        return [
            total
            for total in range(len(people) + 1)
            if self.rule(before, replace(now, yes=frozenset(people[:total]))) == self.seen[week]
        ]


@dataclass(frozen=True)
class Learned:
    """Something that should not have been found out."""

    what: str
    week: int
    about: object


class Adversary:
    """`me` is somebody of the story, whose own states are no secret to them, or nobody of it."""

    def __init__(self, story: Story, me: Hashable | None = None, weeks: range | None = None):
        self.story, self.me = story, me
        self.weeks = range(len(story.weeks)) if weeks is None else weeks
        self.lasting = story.weeks[0].kind is Kind.LASTING
        presence = {}
        for person in frozenset().union(*story.counted) - {me}:
            there = tuple(week for week in self.weeks if person in story.counted[week])
            told = tuple(story.told[week].get(person) for week in there)
            presence.setdefault((there, told), set()).add(person)
        presence.pop(((), ()), None)
        self.groups = [(there, len(people)) for (there, _told), people in presence.items()]
        self.told = [dict(zip(there, told, strict=True)) for there, told in presence]
        self.size = tuple(number + 1 for _there, number in self.groups)

    def own(self, week):
        """My own part of a week's total."""
        return int(self.me in self.story.counted[week] & self.story.weeks[week].yes)

    def _totals(self, week):
        """For every history's place in this week: the total of the others. A group that is away stands at zero."""
        grids = np.indices(self.size)
        return sum(
            (grid for grid, (there, _n) in zip(grids, self.groups, strict=True) if week in there),
            np.zeros(self.size, dtype=int),
        )

    def _allowed(self, week):
        fits = np.isin(self._totals(week) + self.own(week), self.story.possible_totals(week))
        for axis, (there, number) in enumerate(self.groups):
            done = np.indices(self.size)[axis]
            told = self.told[axis].get(week)
            if week not in there:
                fits &= done == 0
            elif told is not None:
                fits &= done == number * told
        return fits

    def _step(self, places, week, way):
        """From the places of one week to those that may come next (or came before)."""
        for axis, (there, _number) in enumerate(self.groups):
            if {week, week + way} <= set(there) and self.lasting:
                turned = places if way == 1 else np.flip(places, axis)
                turned = np.logical_or.accumulate(turned, axis)
                places = turned if way == 1 else np.flip(turned, axis)
            else:
                places = np.broadcast_to(places.any(axis, keepdims=True), self.size)
        return places

    @cached_property
    def forward(self):
        """Places that a history can have come to."""
        return self._walk(1)

    @cached_property
    def backward(self):
        """Places from which a history can go on to the end."""
        return self._walk(-1)

    def _walk(self, way):
        found = {}
        for week in self.weeks[::way]:
            places = self._allowed(week)
            if week - way in found:
                places = places & self._step(found[week - way], week - way, way)
            found[week] = places
        return found

    def feasible(self, week):
        """The places of this week that lie on a whole history."""
        return self.forward[week] & self.backward[week]

    def counts(self, week):
        """What the week's total may have been, all weeks taken together."""
        return np.unique(self._totals(week)[self.feasible(week)] + self.own(week))

    def learned(self):
        """Everything that was found out and should not have been."""
        return [fault for week in self.weeks for fault in self._learned_in(week)]

    def _learned_in(self, week):
        others = self.story.counted[week] - {self.me}
        if self.story.seen[week].shown in (Why.COHORT_SMALL, Why.PEOPLE_FEW):
            others -= set(
                self.story.told[week]
            )  # nothing is said here: what they say of themselves is their own
        counts = self.counts(week)
        assert len(counts), "what really happened must be possible"
        if self.story.hidden(week) and len(counts) < min(5, len(others) + 1):
            yield Learned("a hidden count", week, counts.tolist())
        feasible = self.feasible(week)
        for axis, (there, number) in enumerate(self.groups):
            if week in there and self.told[axis][week] is None:
                done = np.indices(self.size)[axis]
                if not (feasible & (done > 0)).any() or not (feasible & (done < number)).any():
                    yield Learned("a person's state", week, (there, number))
                if self.told[axis].get(week - 1, True) is None:
                    yield from self._changed(week, axis)

    def _changed(self, week, axis):
        """Of who was there last week too: whether they changed must stay open."""
        place = [slice(None)] * len(self.size)
        earlier, later = list(place), list(place)
        earlier[axis], later[axis] = slice(None, -1), slice(1, None)
        one_more = np.zeros(
            self.size, dtype=bool
        )  # one of the group turned to yes, perhaps others too
        one_more[tuple(later)] = self.feasible(week - 1)[tuple(earlier)]
        if not (self._step(one_more, week - 1, 1) & self.feasible(week)).any():
            yield Learned("that nobody of a group changed", week, self.groups[axis])
        done = np.indices(self.size)[axis]
        stayed_yes = self.feasible(week - 1) & (done > 0)
        stayed_no = self.feasible(week) & (done < self.groups[axis][1])
        if self.lasting and not (stayed_yes.any() or stayed_no.any()):
            yield Learned("that all of a group changed", week, self.groups[axis])


def readers(story):
    """Nobody of the story, and one for each different thing that somebody in it knows of themselves."""
    kinds = {None: None}
    for person in frozenset().union(*story.counted):
        path = tuple(
            (person in counted, person in counted & week.yes)
            for counted, week in zip(story.counted, story.weeks, strict=True)
        )
        kinds.setdefault(path, person)
    return [Adversary(story, me, weeks) for me in kinds.values() for weeks in _linked(story)]


def _linked(story):
    """Weeks to be taken together. Where states change freely, a week says nothing of another: two show every change."""
    number = len(story.weeks)
    if story.weeks[0].kind is Kind.LASTING or number < 2:
        return [range(number)]
    return [range(week, week + 2) for week in range(number - 1)]


def all_learned(story):
    """What any of them finds out."""
    return [fault for adversary in readers(story) for fault in adversary.learned()]
