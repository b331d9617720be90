"""The knowledge check: a question with answers, each explained. Nobody counts anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks.answering import AnswerBlock, Trial, Words, twice
from curriculum.blocks.base import Problem, has_words


@dataclass(frozen=True)
class Option:
    """One answer, whether it is right and why, and whether the reader chose it."""

    number: int
    text: str
    right: bool
    explanation: str
    chosen: bool


@dataclass(frozen=True)
class CheckTrial(Trial):
    """The question as one reader answered it."""

    options: tuple[Option, ...]


class OptionBlock(blocks.StructBlock):
    """One answer to choose."""

    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    right = blocks.BooleanBlock(label=_("This answer is right"), required=False)
    explanation = blocks.TextBlock(
        label=_("Why it is right, or why it is not"),
        help_text=_("Shown to everybody after the try, whatever they chose. Markdown; may cite."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Answer")


class CheckValue(blocks.StructValue):
    """A question with its answers."""

    @property
    def several(self) -> bool:
        """Whether several answers may be chosen: as many as are right, unless one alone is."""
        return sum(bool(option.get("right")) for option in self.get("options") or ()) != 1


class CheckBlock(AnswerBlock):
    """A question that readers ask themselves."""

    told = "curriculum/answers/check.html"
    needed = (("question", _("the question is missing. Write it.")),)

    question = blocks.TextBlock(label=_("Question"), help_text=_("Markdown; may cite."))
    options = blocks.ListBlock(
        OptionBlock(),
        min_num=2,
        max_num=8,
        label=_("Answers"),
        help_text=_(
            "Two to eight. Mark the right one, or several: then readers may choose several. Explain each."
        ),
    )

    def words(self, value: Any) -> Iterator[Words]:
        """The question, and each answer with its explanation."""
        yield Words(str(value.get("question") or ""), markdown=True)
        for option in value.get("options") or ():
            verdict = gettext("Right") if option.get("right") else gettext("Not this one")
            yield Words(str(option.get("text") or ""), verdict)
            yield Words(str(option.get("explanation") or ""), markdown=True)

    def problems(self, value: Any) -> Iterator[Problem]:
        """A right answer, every answer explained, no two alike."""
        yield from super().problems(value)
        options = list(value.get("options") or ())
        if not any(option.get("right") for option in options):
            yield Problem(gettext("no answer is marked as right. Mark one, or several."), "options")
        for number, option in enumerate(options, start=1):
            if not has_words(option.get("text")):
                yield Problem(gettext("answer %(number)s is empty. Write it, or take it out.") % {"number": number}, "options")  # fmt: skip
            if not has_words(option.get("explanation")):
                yield Problem(gettext("answer %(number)s is not explained. Say why it is right, or why it is not.") % {"number": number}, "options")  # fmt: skip
        yield from twice([option.get("text") for option in options], "options")

    def trial(self, value: Any, sent: QueryDict | None = None) -> CheckTrial:
        """What was chosen."""
        chosen = set(sent.getlist("choice")) if sent is not None else set()
        options = tuple(
            Option(
                number,
                str(option.get("text") or ""),
                bool(option.get("right")),
                str(option.get("explanation") or ""),
                str(number) in chosen,
            )
            for number, option in enumerate(value.get("options") or (), start=1)
        )
        done = any(option.chosen for option in options)
        asked = sent is not None and not done
        problem = gettext("Nothing is chosen yet. Choose an answer, then press the button again.")
        return CheckTrial(done, problem if asked else "", options)

    class Meta:
        icon = "help"
        label = _("Knowledge check")
        template = "curriculum/blocks/check.html"
        value_class = CheckValue
        description = _(
            "A question with answers to choose from, each explained after the try. Nothing is scored or kept."
        )
        preview_value: ClassVar[dict[str, Any]] = {
            "question": "A form takes points off for old houses. At which level is that?",
            "options": [
                {"text": "Between people", "right": False, "explanation": "Nobody need mean it."},
                {"text": "In an organization", "right": True, "explanation": "It is in its rule."},
            ],
        }
