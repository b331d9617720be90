"""A few questions to answer in writing, for oneself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks.base import Facts, LessonBlock, Problem, has_words

MOST_QUESTIONS = 8


class WorksheetBlock(LessonBlock, blocks.StructBlock):
    """One to eight questions whose answers go through the door `reflect`; while nobody offers it, onto paper."""

    door = "reflect"
    prose = ("title", "introduction")
    needed = (("title", _("the worksheet has no title. Say what it is about.")),)

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("What the questions are about, in a few words."),
    )
    introduction = blocks.TextBlock(
        label=_("Introduction"),
        required=False,
        help_text=_(
            "One or two sentences before the questions: what to think of, how long it takes."
        ),
    )
    questions = blocks.ListBlock(
        blocks.TextBlock(
            label=_("Question"),
            rows=2,
            help_text=_("A question that can be answered in a few lines. Never ask for a harm that was done to the reader."),
        ),
        label=_("Questions"),
        min_num=1,
        max_num=MOST_QUESTIONS,
        help_text=_("One to eight. On paper each has room for an answer."),
    )  # fmt: skip

    def texts(self, value: Any) -> Iterator[str]:
        """Title, introduction, questions."""
        yield from super().texts(value)
        yield from (str(question) for question in value.get("questions") or () if question)

    def prompt(self, value: Any, facts: Facts) -> str:
        """All questions as one text, for the place of the answers."""
        asked = [str(question) for question in value.get("questions") or ()]
        numbered = [f"{number}. {question}" for number, question in enumerate(asked, start=1)]
        return "\n".join([str(value.get("title") or ""), *numbered])

    def problems(self, value: Any) -> Iterator[Problem]:
        """A worksheet asks something, and each of its questions does."""
        yield from super().problems(value)
        asked = list(value.get("questions") or ())
        if not asked:
            yield Problem(gettext("the worksheet asks nothing. Add a question."), "questions")
        if len(asked) > MOST_QUESTIONS:
            words = gettext("the worksheet asks %(count)s questions; more than %(most)s are a burden. Take some out.")  # fmt: skip
            yield Problem(words % {"count": len(asked), "most": MOST_QUESTIONS}, "questions")
        for number, question in enumerate(asked, start=1):
            if not has_words(question):
                words = gettext("question %(number)s is empty. Write it, or take it out.")
                yield Problem(words % {"number": number}, "questions")

    class Meta:
        icon = "list-ol"
        label = _("Worksheet")
        template = "curriculum/blocks/worksheet.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "A rule at my work",
            "introduction": "Think of one rule that you work with.",
            "questions": ["Who wrote it?", "Whom does it hit who was not in the room?"],
        }
        description = _("A few questions to answer in writing, in the private journal or on paper.")
