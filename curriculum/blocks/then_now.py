"""Then and now: a redlining map beside figures of today, with what the comparison cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.choosing import KeyedSnippetChooserBlock
from curriculum.blocks.base import Facts, LessonBlock, Problem, lines_of
from curriculum.blocks.pasted import PastedTableBlock
from curriculum.charts.page import name_of
from curriculum.charts.reading import read_table
from curriculum.charts.refusal import TableRefused
from curriculum.models.redlining import RedliningMap
from curriculum.redlining.then_and_now import Joined, joined

MOST_STRAY = 5


class ThenNowBlock(LessonBlock, blocks.StructBlock):
    """What a survey said of each grade or area, and figures of now for the same places."""

    prose = ("title", "unit", "year", "method", "not_collected", "caution")
    source_keys = ("source",)
    needed = (
        ("map", _("the map that it should show is gone.")),
        ("title", _("the title is missing. Say what is compared.")),
        ("unit", _("what the figures are is missing.")),
        ("source", _("the figures have no source. Give the key of a fact or of a source of the lesson.")),
        ("year", _("the year is missing. Say which year the figures of now are about.")),
        ("method", _("the method is missing. Say in a sentence how the figures came about.")),
        ("not_collected", _("“What was not collected” is empty. Say who or what is missing, or: nothing that we know of.")),
        ("caution", _("the caution is missing. Say what else may have led to these figures: a line drawn then is not the only cause of a figure now.")),
    )  # fmt: skip

    title = blocks.CharBlock(label=_("Title"), max_length=160, help_text=_("What is compared, in one line."))  # fmt: skip
    map = KeyedSnippetChooserBlock("curriculum.RedliningMap", label=_("Map"))
    unit = blocks.CharBlock(label=_("What the figures are"), max_length=160, help_text=_("Such as: percent of households that own their home."))  # fmt: skip
    csv = PastedTableBlock(
        label=_("Figures of now"),
        help_text=_(
            "Paste it from a spreadsheet or as CSV. The first row names the columns. The first column holds the grades A to D, "
            "or the labels of areas as the map has them; every other column holds figures. An empty cell means: not collected. "
            "With a figure for each area, the first column of figures is drawn as a second map."
        ),
    )
    source = blocks.CharBlock(label=_("Key of the source"), max_length=8, help_text=_("Of a fact or of this lesson’s sources, such as RL14."))  # fmt: skip
    year = blocks.CharBlock(label=_("Year of the figures of now"), max_length=60)
    method = blocks.TextBlock(label=_("Method"), help_text=_("How the figures came about, and how they were laid on areas drawn long ago."))  # fmt: skip
    not_collected = blocks.TextBlock(label=_("What was not collected"), help_text=_("Who or what is missing in these figures. If nothing is, write: nothing that we know of."))  # fmt: skip
    caution = blocks.TextBlock(label=_("Caution"), help_text=_("What else may have led to these figures. A line drawn then is never the only cause of a figure now."))  # fmt: skip

    def plain(self, value: Any, facts: Facts) -> str:
        """Its words and every figure, so that a corrected one shows in an edition."""
        rows = [line for line in str(value.get("csv") or "").splitlines() if line.strip()]
        return lines_of("\n".join([super().plain(value, facts), *rows]))

    def problems(self, value: Any) -> Iterator[Problem]:
        """The table cannot be read, or has a row that belongs to no grade and no area of the map."""
        yield from super().problems(value)
        found = comparison_of(value, drawn=False)
        if found.problem:
            yield Problem(found.problem, "csv")
        if found.joined is not None:
            yield from (Problem(words, "csv") for words in found.joined.stray[:MOST_STRAY])

    def get_preview_value(self) -> Any:
        """The first map, with invented figures for its grades."""
        return {**self.meta.preview_value, "map": RedliningMap.objects.first()}

    class Meta:
        icon = "site"
        label = _("Then and now")
        template = "curriculum/blocks/then_now.html"
        description = _("A redlining map beside figures of today for its grades or areas.")
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "Graded then, owned now",
            "unit": "percent of households that own their home, invented",
            "csv": "Grade,Own their home\nA,81%\nB,70%\nC,52%\nD,33%\n",
            "source": "",
            "year": "2020",
            "method": "Invented to practice on.",
            "not_collected": "Nothing that we know of.",
            "caution": "Highways and covenants came between the two.",
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Map and figures of a block, or the `problem` that keeps them apart."""

    id: str
    problem: str = ""
    joined: Joined | None = None


def comparison_of(value: Any, part_id: str = "", *, drawn: bool = True) -> Comparison:
    """What a block compares; without its map there is nothing to say."""
    name = name_of(value, part_id)
    if not value.get("map"):
        return Comparison(name)
    try:
        table = read_table(str(value.get("csv") or ""))
    except TableRefused as refusal:
        return Comparison(name, str(refusal))
    return Comparison(name, "", joined(value["map"], table, name, drawn=drawn))
