"""The block for who leads a session. Published with the lesson, read by facilitators and the backbone alone.

It keeps itself out of everything that a lesson tells others: it has no words for editions, cites nothing in the numbered
sources, gives nothing to the search index, and renders as nothing unless whoever asks has looked at the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks.base import CITED, Facts, LessonBlock

#: What the context of a template says when `permissions.can_read_facilitator_notes` was asked and said yes.
ALLOWED = "may_read_notes"
LONGEST_PART = 480  # minutes


class FacilitatorBlock(LessonBlock, blocks.StructBlock):
    """How long a part takes, what to do, what may be resisted, who needs what: for facilitators and the backbone."""

    prose = ("text", "resistance", "access")
    markdown = True
    needed = (("text", _("the note says nothing. Write what the facilitator does.")),)

    minutes = blocks.IntegerBlock(
        label=_("Minutes"),
        min_value=1,
        max_value=LONGEST_PART,
        help_text=_("How long this part of the session takes with a group."),
    )
    text = blocks.TextBlock(
        label=_("What to do"),
        help_text=_("Markdown. What the facilitator says, hands out, or leaves to the group."),
    )
    resistance = blocks.TextBlock(
        label=_("What may be resisted"),
        required=False,
        help_text=_("What people may object to here, and what has helped. Name nobody."),
    )
    access = blocks.TextBlock(
        label=_("Access needs"),
        required=False,
        help_text=_(
            "What to have ready so that everybody can take part: large print, a way to answer without speaking, a break."
        ),
    )

    def plain(self, value: Any, facts: Facts) -> str:
        """Nothing: editions are public."""
        return ""

    def cited(self, value: Any) -> Iterator[str]:
        """Nothing: the numbered sources are public."""
        return iter(())

    def said_keys(self, value: Any) -> Iterator[str]:
        """Nothing, for the same reason."""
        return iter(())

    def borrowed(self, value: Any) -> Iterator[str]:
        """The keys that the note points to; the lesson itself must cite them, so that their numbers are there."""
        for text in self.texts(value):
            yield from (key for _kind, key in CITED.findall(text))

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: who searches must not find a note, nor learn that it holds a word."""
        return []

    def render(self, value: Any, context: Mapping[str, Any] | None = None) -> str:
        """The note where the reader was asked for; nothing at all from any other template that shows a body."""
        if not (context or {}).get(ALLOWED):
            return ""
        return str(super().render(value, context))

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The preview of the editors' picker shows an invented note."""
        return {**(parent_context or {}), ALLOWED: True}

    class Meta:
        icon = "group"
        label = _("Facilitator note")
        template = "curriculum/blocks/facilitator.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "minutes": 15,
            "text": "Let everybody read the four headings in silence. Then ask for **one** example each, in pairs.",
            "resistance": "“This was long ago.” Ask which rule of today began then.",
            "access": "Have the headings in large print on the table.",
        }
        description = _(
            "Timing, what to do, what may be resisted, access needs. Only facilitators and the backbone see it."
        )
