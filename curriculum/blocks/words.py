"""Blocks of running text: heading, text, Markdown, quotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from core.text import render_published
from curriculum.blocks.base import LessonBlock, table_problems, without_tags


class HeadingBlock(LessonBlock, blocks.CharBlock):
    """Opens a section."""

    def texts(self, value: Any) -> Iterator[str]:
        """Its words."""
        yield str(value or "")

    def problems(self, value: Any) -> Iterator[str]:
        """An empty heading would be a place in the outline that says nothing."""
        if not str(value or "").strip():
            yield _now("the heading is empty. Write what the section is about.")

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "curriculum/blocks/heading.html"
        preview_value = "Grading a city"
        description = _("Opens a section of the lesson.")


class TextBlock(LessonBlock, blocks.RichTextBlock):
    """Text written in the editor, with bold, italics, links and lists."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=["bold", "italic", "link", "ol", "ul"], **kwargs)

    def texts(self, value: Any) -> Iterator[str]:
        """Its words without markup."""
        yield without_tags(str(value.source if isinstance(value, RichText) else value or ""))

    class Meta:
        icon = "doc-full"
        label = _("Text")
        template = "curriculum/blocks/rich_text.html"
        preview_value = "<p>People who lived on a street knew <b>what kept it going</b>.</p>"
        description = _("Text with bold, italics, links and lists.")


class MarkdownBlock(LessonBlock, blocks.TextBlock):
    """Text in Markdown; `[@KEY]` cites a source of the lesson."""

    def texts(self, value: Any) -> Iterator[str]:
        """The text as written."""
        yield str(value or "")

    def problems(self, value: Any) -> Iterator[str]:
        """A table needs words in its header cells: a screen reader says them with every cell."""
        yield from table_problems(render_published(str(value or "")))

    class Meta:
        icon = "pilcrow"
        label = _("Markdown")
        template = "curriculum/blocks/markdown.html"
        help_text = _(
            "Markdown. [@RL04] cites a fact; [=RL04] says its own sentence and cites it; "
            "[these words](term:equity) leads to a term."
        )
        preview_value = "Surveyors graded **every neighborhood** from A to D."
        description = _("Text in Markdown, with citations.")


class QuotationBlock(LessonBlock, blocks.StructBlock):
    """A short quotation with its source."""

    prose = ("text", "attribution")
    source_keys = ("source",)
    needed = (
        ("text", _("the words quoted are missing.")),
        ("source", _("the quotation has no source. Give the key of one.")),
    )

    text = blocks.TextBlock(label=_("Words quoted"))
    attribution = blocks.CharBlock(label=_("Who said it, where, when"))
    source = blocks.CharBlock(
        label=_("Key of the source"),
        required=False,
        help_text=_("Of a fact or of this lesson's sources."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "curriculum/blocks/quotation.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "The fund shall go to those who were shut out.",
            "attribution": "An invented document, 1938",
        }
        description = _("A short quotation from a public document, with its source.")
