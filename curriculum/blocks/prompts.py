"""Blocks that speak to the reader: what is heavy here, what to think about, to talk about, to promise."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks.base import LessonBlock


class CareBlock(LessonBlock, blocks.StructBlock):
    """What is heavy in this lesson, and a shorter way through it that counts as the whole."""

    prose = ("text", "short_path")
    markdown = True
    needed = (("text", _("the care note says nothing. Say what is heavy here.")),)

    text = blocks.TextBlock(label=_("What to expect"))
    short_path = blocks.TextBlock(
        label=_("The short way"),
        required=False,
        help_text=_("Which parts to read to reach the goal without the heavy ones."),
    )

    class Meta:
        icon = "warning"
        label = _("Care note")
        template = "curriculum/blocks/care.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "This lesson quotes documents that describe people in racist words.",
            "short_path": "Read the first and the last part.",
        }
        description = _("Says what is heavy here and offers a shorter way.")


class PromptBlock(LessonBlock, blocks.StructBlock):
    """A question or an invitation, with a door to the place where the answer belongs; without one, it is words alone."""

    prose = ("text",)
    markdown = True
    needed = (("text", _("the prompt says nothing. Write a question.")),)

    text = blocks.TextBlock(label=_("Question or invitation"))


class ReflectionBlock(PromptBlock):
    """Something to write about for oneself."""

    door = "reflect"

    class Meta:
        icon = "edit"
        label = _("Reflection")
        template = "curriculum/blocks/reflection.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "Which rule of your own office would you not defend to a stranger?"
        }
        description = _("A question for the reader alone, with the way to the private journal.")


class DiscussionBlock(PromptBlock):
    """Something to talk about in the cohort or in a caucus."""

    door = "discuss"

    COHORT, CAUCUS = "cohort", "caucus"
    place = blocks.ChoiceBlock(
        choices=[(COHORT, _("The cohort")), (CAUCUS, _("An affinity caucus"))],
        default=COHORT,
        label=_("Where"),
    )

    class Meta:
        icon = "comment"
        label = _("Discussion")
        template = "curriculum/blocks/discussion.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "What do you hear when a colleague says equity?",
            "place": "cohort",
        }
        description = _("A question to talk about with others.")


class CommitmentBlock(PromptBlock):
    """Something to promise."""

    door = "commit"

    class Meta:
        icon = "check"
        label = _("Commitment")
        template = "curriculum/blocks/commitment.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "Choose one form or script and change one line."
        }
        description = _("Something the reader may promise, with the way to commitments.")
