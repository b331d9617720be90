"""Blocks that show something: a figure, a redlining map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from core.choosing import KeyedSnippetChooserBlock
from curriculum.blocks.base import Facts, LessonBlock, Problem, has_words


class FigureBlock(LessonBlock, blocks.StructBlock):
    """A picture with required alternative text and a caption."""

    prose = ("caption",)
    source_keys = ("source",)

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"))
    source = blocks.CharBlock(label=_("Key of the source"), required=False)

    def problems(self, value: Any) -> Iterator[Problem]:
        """A figure says something, so it needs words for who does not see it; decoration has no place in a lesson."""
        image = value.get("image")
        if image is None:
            yield Problem(gettext("the picture is missing."), "image")
        elif image.decorative:
            yield Problem(
                gettext(
                    "the picture is marked as decoration, but a figure says something. "
                    "Take the mark away and write the alternative text: what the picture shows."
                ),
                "image",
            )
        elif not has_words(image.contextual_alt_text):
            yield Problem(
                gettext("the alternative text is missing. Say what the picture shows."), "image"
            )
        yield from super().problems(value)

    def get_preview_value(self) -> Any:
        """The newest picture of the library, if there is one."""
        image = get_image_model().objects.order_by("-pk").first()
        if image is None:
            return self.get_default()
        shown = {"image": image.pk, "alt_text": image.description, "decorative": False}
        return self.to_python({"image": shown, "caption": str(_("A picture of your library."))})

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "curriculum/blocks/figure.html"
        description = _("A picture with alternative text and a caption.")


class MapBlock(LessonBlock, blocks.StructBlock):
    """A redlining map with its caption; the table is on a page of its own."""

    needed = (("map", _("the map that it should show is gone.")),)

    map = KeyedSnippetChooserBlock("curriculum.RedliningMap", label=_("Map"))
    caption = blocks.CharBlock(label=_("Caption"))

    def plain(self, value: Any, facts: Facts) -> str:
        """A map is no sentence."""
        return ""

    def get_preview_value(self) -> Any:
        """The first map that is loaded."""
        from curriculum.models import RedliningMap

        first = RedliningMap.objects.first()
        return {"map": first, "caption": str(_("A map of graded areas."))}

    class Meta:
        icon = "site"
        label = _("Redlining map")
        template = "curriculum/blocks/map.html"
        description = _("A map of graded areas, with an equal table on its own page.")
        preview_value: ClassVar[dict[str, Any]] = {}
