"""Blocks of running text: heading, text, Markdown, quotation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from core.text import plain_text
from core.text.published import clean_html, tags_left_out
from curriculum.blocks.base import LessonBlock, Problem, has_words, html_problems


class HeadingBlock(LessonBlock, blocks.CharBlock):
    """Opens a section."""

    def texts(self, value: Any) -> Iterator[str]:
        """Its words."""
        yield str(value or "")

    def problems(self, value: Any) -> Iterator[Problem]:
        """An empty heading would be a place in the outline that says nothing."""
        if not has_words(value):
            yield Problem(gettext("the heading is empty. Write what the section is about."))
        yield from super().problems(value)

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
        yield plain_text(f"<div>{html_of(value)}</div>")

    def problems(self, value: Any) -> Iterator[Problem]:
        """Only what the editor can write: other HTML came from elsewhere and is not shown."""
        for tag in tags_left_out(html_of(value)):
            yield Problem(
                gettext("the text holds <%(tag)s>, which we do not show. Take it out.")
                % {"tag": tag}
            )
        yield from html_problems(clean_html(html_of(value)))
        yield from super().problems(value)

    class Meta:
        icon = "doc-full"
        label = _("Text")
        template = "curriculum/blocks/rich_text.html"
        preview_value = "<p>People who lived on a street knew <b>what kept it going</b>.</p>"
        description = _("Text with bold, italics, links and lists.")


def html_of(value: Any) -> str:
    """The HTML of a text as it is stored."""
    return str(value.source if isinstance(value, RichText) else value or "")


class MarkdownBlock(LessonBlock, blocks.TextBlock):
    """Text in Markdown; `[@KEY]` cites a source of the lesson."""

    markdown = True

    def texts(self, value: Any) -> Iterator[str]:
        """The text as written."""
        yield str(value or "")

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
