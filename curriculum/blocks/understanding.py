"""The map of understanding: what invented people meet at the same stages, written alone first and then compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.text import strip_control
from curriculum.blocks.answering import AnswerBlock, Trial, Words, place_of, twice
from curriculum.blocks.base import Problem, has_words

MOST_LETTERS = 1_000  # of what a reader writes into one cell
CELL = "cell-"


@dataclass(frozen=True)
class Cell:
    """What one person meets at one stage, as the authors say it, and what the reader wrote there."""

    name: str
    person: str
    stage: str
    barrier: str = ""
    support: str = ""
    key: str = ""
    words: str = ""

    @property
    def too_long(self) -> bool:
        """Whether the reader wrote more than is taken."""
        return len(self.words) > MOST_LETTERS


@dataclass(frozen=True)
class Person:
    """One of the people with a cell for each stage."""

    name: str
    about: str
    cells: tuple[Cell, ...]

    @property
    def barriers(self) -> int:
        """At how many stages something stands in the way."""
        return sum(bool(cell.barrier) for cell in self.cells)


@dataclass(frozen=True)
class Stage:
    """One of the stages with a cell for each person."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class MapTrial(Trial):
    """The whole map with one reader's words in it. `left_over` is what was written for a cell that is gone since."""

    people: tuple[Person, ...]
    left_over: tuple[str, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The same cells, by stage."""
        columns = zip(*(person.cells for person in self.people), strict=True)
        return tuple(Stage(cells[0].stage, cells) for cells in columns)

    @property
    def written(self) -> tuple[Cell, ...]:
        """The cells into which the reader wrote."""
        return tuple(cell for person in self.people for cell in person.cells if cell.words)


class CellBlock(blocks.StructBlock):
    """What somebody meets at a stage."""

    stage = blocks.CharBlock(
        label=_("Stage"),
        max_length=80,
        help_text=_("The name of a stage above, or its number: 1 is the first."),
    )
    barrier = blocks.TextBlock(
        label=_("What stands in the way"),
        required=False,
        help_text=_("Leave it empty where nothing does: that is part of the map."),
    )
    support = blocks.TextBlock(label=_("What helps"), required=False)
    key = blocks.CharBlock(
        label=_("Who holds the key"),
        required=False,
        max_length=200,
        help_text=_("Who could change it: an office, a rule, somebody’s budget."),
    )

    class Meta:
        icon = "form"
        label = _("Stage of this person")


class PersonBlock(blocks.StructBlock):
    """Somebody invented."""

    name = blocks.CharBlock(label=_("Name"), max_length=80)
    about = blocks.TextBlock(
        label=_("Who this is"), required=False, help_text=_("One or two sentences.")
    )
    cells = blocks.ListBlock(
        CellBlock(),
        min_num=1,
        max_num=7,
        label=_("What this person meets"),
        help_text=_("At most one for each stage. A stage that is left out counts as empty."),
    )

    class Meta:
        icon = "user"
        label = _("Person")


class UnderstandingValue(blocks.StructValue):
    """Stages and people."""

    @property
    def names(self) -> list[str]:
        """The names of the stages."""
        return [str(name or "").strip() for name in self.get("stages") or ()]

    def people_with(self, sent: QueryDict | None = None) -> tuple[Person, ...]:
        """Everybody with a cell for each stage, and in it what was sent."""
        return tuple(
            Person(
                str(person.get("name") or "").strip(),
                str(person.get("about") or ""),
                tuple(_cells(number, person, self.names, sent)),
            )
            for number, person in enumerate(self.get("people") or (), start=1)
        )

    @property
    def map(self) -> MapTrial:
        """The map as the authors wrote it, for paper."""
        return MapTrial(True, "", self.people_with(), ())


class UnderstandingBlock(AnswerBlock):
    """People in an invented scenario, by stages that all of them pass."""

    told = "curriculum/answers/understanding.html"
    needed = (("scenario", _("the scenario is missing. Say what the people are on their way to.")),)

    scenario = blocks.TextBlock(
        label=_("Scenario"),
        help_text=_("What all of them want, and where. The page says itself that they are invented. Markdown; may cite."),
    )  # fmt: skip
    stages = blocks.ListBlock(
        blocks.CharBlock(label=_("Name of the stage"), max_length=80),
        min_num=2,
        max_num=7,
        label=_("Stages"),
        help_text=_("Two to seven that everybody passes, in order: “Getting there”."),
    )
    people = blocks.ListBlock(
        PersonBlock(),
        min_num=2,
        max_num=6,
        label=_("People"),
        help_text=_("Two to six. Never somebody real, and nobody who could be recognized."),
    )

    def words(self, value: Any) -> Iterator[Words]:
        """The scenario, the stages, and everybody with what they meet."""
        yield Words(str(value.get("scenario") or ""), markdown=True)
        yield from (Words(name) for name in value.names)
        for person in value.people_with():
            yield Words(person.about, person.name)
            for cell in person.cells:
                at = f"{person.name}, {cell.stage}"
                yield Words(cell.barrier, gettext("%(place)s, barrier") % {"place": at})
                yield Words(cell.support, gettext("%(place)s, support") % {"place": at})
                yield Words(cell.key, gettext("%(place)s, who holds the key") % {"place": at})

    def problems(self, value: Any) -> Iterator[Problem]:
        """Names of their own, cells that belong to a stage, nobody and no stage without any words."""
        yield from super().problems(value)
        yield from twice(value.names, "stages")
        yield from twice([person.get("name") for person in value.get("people") or ()], "people")
        for number, person in enumerate(value.get("people") or (), start=1):
            yield from _misplaced(person, value.names, number)
        people = value.people_with()
        for person in people:
            if not any(map(_says, person.cells)):
                yield Problem(gettext("%(name)s meets nothing at any stage. Write what stands in the way or helps, or take the person out.") % {"name": person.name or "?"}, "people")  # fmt: skip
        for at, name in enumerate(value.names):
            if people and not any(_says(person.cells[at]) for person in people):
                yield Problem(gettext("the stage “%(name)s” is empty for everybody. Write what somebody meets there, or take it out.") % {"name": name}, "stages")  # fmt: skip

    def trial(self, value: Any, sent: QueryDict | None = None) -> MapTrial:
        """What was written. It is compared at once, written or not, unless the way back to it was asked for."""
        people = value.people_with(sent)
        if sent is None:
            return MapTrial(False, "", people, ())
        names = {cell.name for person in people for cell in person.cells}
        others = [name for name in sent if name.startswith(CELL) and name not in names]
        left_over = tuple(filter(None, (_typed(sent, name) for name in others)))
        long = any(cell.too_long for person in people for cell in person.cells)
        problem = gettext("One of your texts is longer than 1,000 letters. All of it is still here; shorten it, then compare.")  # fmt: skip
        return MapTrial(not long and "back" not in sent, problem if long else "", people, left_over)

    class Meta:
        icon = "group"
        label = _("Map of understanding")
        template = "curriculum/blocks/understanding.html"
        value_class = UnderstandingValue
        description = _(
            "Invented people at the same stages: readers write what stands in the way, then compare with yours."
        )
        preview_value: ClassVar[dict[str, Any]] = {
            "scenario": "Two neighbors apply for the same clinic.",
            "stages": ["Getting there", "At the desk"],
            "people": [
                {"name": "Ada", "cells": [{"stage": "1", "barrier": "Two buses", "support": "", "key": "The bus company"}]},
                {"name": "Bo", "cells": [{"stage": "2", "barrier": "", "support": "A form in his language", "key": "The clinic"}]},
            ],
        }  # fmt: skip


def _cells(number: int, person: Any, stages: list[str], sent: QueryDict | None) -> Iterator[Cell]:
    name = str(person.get("name") or "").strip()
    given = {place_of(cell.get("stage"), stages): cell for cell in person.get("cells") or ()}
    for at, stage in enumerate(stages):
        field = f"{CELL}{number}-{at + 1}"
        said = {
            part: str((given[at].get(part) if at in given else "") or "").strip()
            for part in ("barrier", "support", "key")
        }
        yield Cell(field, name, stage, words=_typed(sent, field), **said)


def _typed(sent: QueryDict | None, name: str) -> str:
    return strip_control(sent.get(name, "")).strip() if sent is not None else ""


def _says(cell: Cell) -> bool:
    return any(map(has_words, (cell.barrier, cell.support, cell.key)))


def _misplaced(person: Any, stages: list[str], number: int) -> Iterator[Problem]:
    name = str(person.get("name") or "").strip() or gettext("person %(number)s") % {
        "number": number
    }
    places = [(cell, place_of(cell.get("stage"), stages)) for cell in person.get("cells") or ()]
    for cell, place in places:
        if place is None:
            yield Problem(gettext("%(name)s has something at “%(stage)s”, which is neither the name nor the number of a stage.") % {"name": name, "stage": cell.get("stage") or ""}, "people")  # fmt: skip
    found = [place for _cell, place in places if place is not None]
    for place in dict.fromkeys(place for place in found if found.count(place) > 1):
        yield Problem(gettext("%(name)s has the stage “%(stage)s” twice. Put both into one.") % {"name": name, "stage": stages[place]}, "people")  # fmt: skip
