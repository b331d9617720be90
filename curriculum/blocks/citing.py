"""Blocks that rest on rows of their own: a fact, a term, the lesson's other sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from curriculum.blocks.base import Facts, LessonBlock, Problem, lines_of, sentence_of
from curriculum.glossary.choosing import TermChooserBlock
from curriculum.models.facts import Confidence


class FactBlock(LessonBlock, blocks.StructBlock):
    """A fact as a card: statement, figure, source, how sure we are."""

    needed = (("fact", _("the fact that it should show is gone.")),)

    fact = SnippetChooserBlock("curriculum.Fact", label=_("Fact"))

    def plain(self, value: Any, facts: Facts) -> str:
        """Figure, unit and statement, so that a correction shows in an edition."""
        fact = value.get("fact")
        if not fact:
            return ""
        figure = f"{fact.number} {fact.counted}.\n" if fact.figure else ""
        return lines_of(figure + sentence_of(fact))

    def cited(self, value: Any) -> Iterator[str]:
        """The fact itself."""
        if value.get("fact"):
            yield value["fact"].key

    def get_preview_value(self) -> Any:
        """The first fact."""
        from curriculum.models import Fact

        return {"fact": Fact.objects.first()}

    class Meta:
        icon = "order"
        label = _("Fact")
        template = "curriculum/blocks/fact.html"
        description = _(
            "A sourced statement as a card. Corrected once, it changes in every lesson."
        )


class TermBlock(LessonBlock, blocks.StructBlock):
    """A term of the shared language with its definition, where the author wants the reader to stop at it."""

    needed = (("term", _("the term that it should show is gone.")),)

    term = TermChooserBlock(label=_("Term"))

    def plain(self, value: Any, facts: Facts) -> str:
        """A definition has editions of its own."""
        return ""

    def get_preview_value(self) -> Any:
        """The first term."""
        from curriculum.glossary.models import Term

        return {"term": Term.objects.first()}

    class Meta:
        icon = "openquote"
        label = _("Term")
        template = "curriculum/blocks/term.html"
        description = _("A word of the shared language with its definition.")


class ConfidenceBlock(blocks.ChoiceBlock):
    """How sure we are of a source; who says nothing is sure."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Confidence.choices, default=Confidence.HIGH.value, **kwargs)

    def to_python(self, value: Any) -> Any:
        """A file that leaves it out holds the source to be certain."""
        return super().to_python(value) or Confidence.HIGH.value


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
    confidence = ConfidenceBlock(label=_("Confidence"))

    class Meta:
        icon = "doc-full"
        label = _("Source")


class SourcesBlock(LessonBlock, blocks.ListBlock):
    """The lesson's sources that are no facts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(SourceBlock(), **kwargs)

    def texts(self, value: Any) -> Iterator[str]:
        """None: sources are listed beside the text."""
        return iter(())

    def cited(self, value: Any) -> Iterator[str]:
        """Nothing by itself."""
        return iter(())

    def problems(self, value: Any) -> Iterator[Problem]:
        """Each key once: a sentence that cites it must lead to one source."""
        keys = [source["key"] for source in value]
        for key in dict.fromkeys(key for key in keys if key and keys.count(key) > 1):
            yield Problem(gettext("the key %(key)s stands at two sources. Give one of them another.") % {"key": key})  # fmt: skip

    class Meta:
        icon = "list-ul"
        label = _("Sources")
        template = "curriculum/blocks/sources.html"
        preview_value: ClassVar[list[dict[str, str]]] = [
            {
                "key": "XX01",
                "author": "City council",
                "title": "Minutes of an invented town",
                "year": "1931",
            }
        ]
        description = _(
            "Sources of this lesson that are no facts. Facts that it cites are listed by themselves."
        )
