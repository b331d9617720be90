"""Sorting: cases that the reader puts into named groups, each explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks.answering import AnswerBlock, Trial, Words, place_of, twice
from curriculum.blocks.base import Problem, has_words

MOST_BUTTONS = 4  # groups; with more of them each case has a list to choose from


@dataclass(frozen=True)
class Case:
    """One case: where it belongs and why, and where the reader put it (`chosen` is 0 while it is open)."""

    number: int
    text: str
    group: str
    explanation: str
    chosen: int
    put_in: str

    @property
    def agrees(self) -> bool:
        """Whether the reader put it where we do."""
        return self.put_in == self.group


@dataclass(frozen=True)
class SortingTrial(Trial):
    """The cases as one reader sorted them."""

    groups: tuple[str, ...]
    cases: tuple[Case, ...]

    @property
    def some_open(self) -> bool:
        """Whether a case is still to be sorted."""
        return any(not case.chosen for case in self.cases)

    @property
    def as_buttons(self) -> bool:
        """Whether the groups are few enough to stand side by side at each case."""
        return len(self.groups) <= MOST_BUTTONS


class CaseBlock(blocks.StructBlock):
    """One case to sort."""

    text = blocks.CharBlock(label=_("Case"), max_length=400)
    group = blocks.CharBlock(
        label=_("Its group"),
        max_length=80,
        help_text=_("The name of a group above, or its number: 1 is the first."),
    )
    explanation = blocks.TextBlock(
        label=_("Why it belongs there"),
        help_text=_(
            "Shown after the try. Say so where another group could be argued for. Markdown; may cite."
        ),
    )

    class Meta:
        icon = "tag"
        label = _("Case")


class SortingValue(blocks.StructValue):
    """Groups and cases."""

    @property
    def names(self) -> list[str]:
        """The names of the groups."""
        return [str(name or "").strip() for name in self.get("groups") or ()]

    @property
    def sorted_cases(self) -> list[tuple[Any, str]]:
        """Each case with the name of its group; the name is empty while it is none of them."""
        names = self.names
        places = [(case, place_of(case.get("group"), names)) for case in self.get("cases") or ()]
        return [(case, "" if place is None else names[place]) for case, place in places]


class SortingBlock(AnswerBlock):
    """Cases and the groups that they belong to."""

    told = "curriculum/answers/sorting.html"
    needed = (("task", _("the task is missing. Say what is to be sorted.")),)

    task = blocks.TextBlock(label=_("Task"), help_text=_("What to sort, and by what. Markdown."))
    groups = blocks.ListBlock(
        blocks.CharBlock(label=_("Name of the group"), max_length=80),
        min_num=2,
        max_num=5,
        label=_("Groups"),
        help_text=_("Two to five. With four or fewer, readers see them as buttons at each case."),
    )
    cases = blocks.ListBlock(
        CaseBlock(), min_num=2, max_num=12, label=_("Cases"), help_text=_("Two to twelve.")
    )

    def words(self, value: Any) -> Iterator[Words]:
        """The task, the groups, and each case with its explanation."""
        yield Words(str(value.get("task") or ""), markdown=True)
        yield from (Words(name) for name in value.names)
        for case, group in value.sorted_cases:
            yield Words(str(case.get("text") or ""), group)
            yield Words(str(case.get("explanation") or ""), markdown=True)

    def problems(self, value: Any) -> Iterator[Problem]:
        """Groups with names of their own, and every case in one of them, with a reason."""
        yield from super().problems(value)
        yield from twice(value.names, "groups")
        for number, (case, group) in enumerate(value.sorted_cases, start=1):
            if not has_words(case.get("text")):
                yield Problem(gettext("case %(number)s is empty. Write it, or take it out.") % {"number": number}, "cases")  # fmt: skip
            if not group:
                yield Problem(gettext("case %(number)s is in no group: “%(group)s” is neither the name nor the number of one.") % {"number": number, "group": case.get("group") or ""}, "cases")  # fmt: skip
            if not has_words(case.get("explanation")):
                yield Problem(gettext("case %(number)s is not explained. Say why it belongs there.") % {"number": number}, "cases")  # fmt: skip
        yield from twice([case.get("text") for case in value.get("cases") or ()], "cases")

    def trial(self, value: Any, sent: QueryDict | None = None) -> SortingTrial:
        """What was put where; what was put nowhere is open."""
        names = value.names
        cases = tuple(
            _case(number, case, group, names, sent)
            for number, (case, group) in enumerate(value.sorted_cases, start=1)
        )
        done = any(case.chosen for case in cases)
        asked = sent is not None and not done
        problem = gettext(
            "Nothing is sorted yet. Put one case into a group, or as many as you like."
        )
        return SortingTrial(done, problem if asked else "", tuple(names), cases)

    class Meta:
        icon = "table"
        label = _("Sorting")
        template = "curriculum/blocks/sorting.html"
        value_class = SortingValue
        description = _("Cases to put into groups, each explained after the try. Nothing is kept.")
        preview_value: ClassVar[dict[str, Any]] = {
            "task": "Where does each of these stand?",
            "groups": ["Between people", "In an organization"],
            "cases": [
                {"text": "A curt answer", "group": "1", "explanation": "One person to another."},
                {"text": "A form with a bad rule", "group": "2", "explanation": "It is a rule."},
            ],
        }


def _case(number: int, case: Any, group: str, names: list[str], sent: QueryDict | None) -> Case:
    put = sent.get(f"case-{number}", "") if sent is not None else ""
    chosen = next((at for at in range(1, len(names) + 1) if str(at) == put), 0)
    text, explanation = str(case.get("text") or ""), str(case.get("explanation") or "")
    return Case(number, text, group, explanation, chosen, names[chosen - 1] if chosen else "")
