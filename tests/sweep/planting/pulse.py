"""Plants of pulses. What is kept there are digits and ids: the words stand where these would."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backbone.models import Answered, Ballot, Box, Pulse
from backbone.pulse import sealed
from backbone.pulse.actions import Asked, open_pulse
from cohorts.models import Cohort
from core.clock import today_here
from scripts.traces import Words as Planted
from tests.sweep.planting.kinds import Page, Plant, Use, person


def _open() -> Pulse:
    """The open pulse of Dev's cohort, opened where there is none."""
    spring = Cohort.objects.get(slug="spring")
    known: Pulse | None = spring.pulses.open().first()  # type: ignore[attr-defined]
    return known or open_pulse(
        cohort=spring,
        questions=[Asked("Is the pace right for you?", ["Yes", "No"])],
        closes_on=today_here() + timedelta(days=9),
        by=person("mo"),
    )


def _ballot(_member: Any, planted: Planted) -> Ballot:
    return Ballot.objects.create(pulse=_open(), answers=planted.word("backbone.Ballot.answers"))


def _box(_member: Any, planted: Planted) -> Box:
    box = _open().box
    sealed.put(box, [*sealed.waiting_in(box), planted.word("backbone.Box.waiting")])
    return box


def _answered(_member: Any, planted: Planted) -> Answered:
    answered = _open().answered
    people = sealed.people_in(answered)
    sealed.write_people(answered, {**people, planted.word("backbone.Answered.people"): 0})
    return answered


PLANTS: dict[str, Plant] = {
    "backbone.Ballot": _ballot,
    "backbone.Box": _box,
    "backbone.Answered": _answered,
}
#: Dev's own pages, and the words that stand on each: none.
PAGES: tuple[Page, ...] = ()
#: He types nothing there: he chooses.
USES: tuple[Use, ...] = ()
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
