"""The blocks of a lesson. Each has an icon, a help text and a preview, and works without JavaScript."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class HeadingBlock(blocks.CharBlock):
    """Opens a section."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "curriculum/blocks/heading.html"
        preview_value = "Grading a city"
        description = _("Opens a section of the lesson.")


class MarkdownBlock(blocks.TextBlock):
    """Text in Markdown; `[@KEY]` cites a source of the lesson."""

    class Meta:
        icon = "pilcrow"
        label = _("Markdown")
        template = "curriculum/blocks/markdown.html"
        help_text = _("Markdown. [@RL04] cites a fact; [=RL04] says its own sentence and cites it.")
        preview_value = "Surveyors graded **every neighborhood** from A to D."
        description = _("Text in Markdown, with citations.")


class QuotationBlock(blocks.StructBlock):
    """A short quotation with its source."""

    text = blocks.TextBlock(label=_("Words quoted"))
    attribution = blocks.CharBlock(label=_("Who said it, where, when"))
    source = blocks.CharBlock(
        label=_("Key of the source"), required=False, help_text=_("From this lesson's sources.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "curriculum/blocks/quotation.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "text": "A short quotation.",
            "attribution": "A public document, 1938",
        }
        description = _("A short quotation from a public document, with its source.")


class FigureBlock(blocks.StructBlock):
    """A picture with required alternative text and a caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"))
    source = blocks.CharBlock(label=_("Key of the source"), required=False)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "curriculum/blocks/figure.html"
        description = _("A picture with alternative text and a caption.")


class CareBlock(blocks.StructBlock):
    """What is heavy in this lesson, and a shorter way through it."""

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
            "text": "This lesson quotes documents that describe people in racist words."
        }
        description = _("Says what is heavy here and offers a shorter way.")


class MapChooserBlock(SnippetChooserBlock):
    """Chooses a redlining map. Maps have UUIDs, which Wagtail looks up in bulk by their type and not as stored words."""

    def bulk_to_python(self, values: list[str | None]) -> list[Any]:
        """The map of each stored key, None where it is gone."""
        to_key = self.model_class._meta.pk.to_python
        return super().bulk_to_python([to_key(value) for value in values])  # type: ignore[no-any-return]

    def get_form_state(self, value: Any) -> dict[str, Any] | None:
        """What the editor's form shows, the key as words: its script reads JSON, which knows no UUID."""
        state: dict[str, Any] | None = super().get_form_state(value)
        return state and {**state, "id": str(state["id"])}


class MapBlock(blocks.StructBlock):
    """A redlining map with its caption; the table is on a page of its own."""

    map = MapChooserBlock("curriculum.RedliningMap", label=_("Map"))
    caption = blocks.CharBlock(label=_("Caption"))

    class Meta:
        icon = "site"
        label = _("Redlining map")
        template = "curriculum/blocks/map.html"
        description = _("A map of graded areas, with an equal table on its own page.")


class FactBlock(blocks.StructBlock):
    """A fact as a card: statement, figure, source, how sure we are."""

    fact = SnippetChooserBlock("curriculum.Fact", label=_("Fact"))

    class Meta:
        icon = "order"
        label = _("Fact")
        template = "curriculum/blocks/fact.html"
        description = _(
            "A sourced statement as a card. Corrected once, it changes in every lesson."
        )


class SourceBlock(blocks.StructBlock):
    """One source that sentences of the lesson cite."""

    key = blocks.RegexBlock(
        regex=r"^[A-Z]{2}[0-9]{2,3}$",
        label=_("Key"),
        help_text=_("Two letters and a number: RL04."),
    )
    author = blocks.CharBlock(label=_("Author"), required=False)
    title = blocks.CharBlock(label=_("Title"))
    publisher = blocks.CharBlock(label=_("Publisher"), required=False)
    year = blocks.CharBlock(label=_("Year"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)
    checked = blocks.CharBlock(label=_("How it was checked"), required=False)
    confidence = blocks.ChoiceBlock(
        choices=[("high", _("High")), ("medium", _("Medium")), ("low", _("Low"))],
        default="high",
        label=_("Confidence"),
    )

    class Meta:
        icon = "doc-full"
        label = _("Source")


class LessonBlocks(blocks.StreamBlock):
    """All blocks that a lesson can hold."""

    heading = HeadingBlock()
    rich_text = blocks.RichTextBlock(
        features=["bold", "italic", "link", "ol", "ul"],
        icon="doc-full",
        label=_("Text"),
        template="curriculum/blocks/rich_text.html",
        description=_("Text with bold, italics, links and lists."),
    )
    markdown = MarkdownBlock()
    quotation = QuotationBlock()
    figure = FigureBlock()
    care = CareBlock()
    map = MapBlock()
    fact = FactBlock()
    sources = blocks.ListBlock(
        SourceBlock(),
        icon="list-ul",
        label=_("Sources"),
        template="curriculum/blocks/sources.html",
        description=_(
            "Sources of this lesson that are no facts. Facts that it cites are listed by themselves."
        ),
    )

    class Meta:
        block_counts: ClassVar[dict[str, Any]] = {"sources": {"max_num": 1}, "map": {"max_num": 1}}
