"""A data chart: figures from a pasted table, drawn by us, with an equal table and what is missing in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks.base import Facts, LessonBlock, Problem, lines_of
from curriculum.blocks.pasted import PastedTableBlock
from curriculum.charts.page import chart_of, table_of
from curriculum.charts.refusal import TableRefused
from curriculum.charts.views import Kind, Measure


class ChartBlock(LessonBlock, blocks.StructBlock):
    """Figures as bars, lines or small multiples; *together* first and then *by group* where a column is the average."""

    prose = ("title", "unit", "year", "method", "not_collected")
    source_keys = ("source",)
    needed = (
        ("title", _("the title is missing. Say what the chart shows.")),
        ("unit", _("the unit is missing. Say what the figures count.")),
        ("source", _("the chart has no source. Give the key of a fact or of a source of the lesson.")),
        ("year", _("the year is missing. Say which year or years the figures are about.")),
        ("method", _("the method is missing. Say in a sentence how the figures came about.")),
        ("not_collected", _("“What was not collected” is empty. Say who or what is missing, or: nothing that we know of.")),
    )  # fmt: skip

    title = blocks.CharBlock(label=_("Title"), max_length=160, help_text=_("What the chart shows, in one line."))  # fmt: skip
    kind = blocks.ChoiceBlock(choices=Kind.choices, default=Kind.BAR.value, label=_("Kind of chart"))  # fmt: skip
    measure = blocks.ChoiceBlock(
        choices=Measure.choices,
        default=Measure.COUNT.value,
        label=_("Kind of figure"),
        help_text=_("A count and a share begin at zero; below zero there is nothing to show."),
    )
    unit = blocks.CharBlock(label=_("Unit"), max_length=120, help_text=_("What the figures count, such as: percent of households that own their home."))  # fmt: skip
    csv = PastedTableBlock(
        label=_("Table"),
        help_text=_(
            "Paste it from a spreadsheet or as CSV. The first row names the columns; the first column holds categories or "
            "years, every other column one group. An empty cell means: not collected. At most 500 rows and 12 columns."
        ),
    )
    together = blocks.CharBlock(
        label=_("Column of all together"),
        required=False,
        max_length=80,
        help_text=_("The name of the column that holds the average of all, if there is one. It is shown first and alone, then the groups, so that the reader sees what the average hides."),
    )  # fmt: skip
    source = blocks.CharBlock(label=_("Key of the source"), max_length=8, help_text=_("Of a fact or of this lesson’s sources, such as RL14."))  # fmt: skip
    year = blocks.CharBlock(label=_("Year or years"), max_length=60)
    method = blocks.TextBlock(label=_("Method"), help_text=_("How the figures came about: who counted, whom they asked, what you computed."))  # fmt: skip
    not_collected = blocks.TextBlock(label=_("What was not collected"), help_text=_("Who or what is missing in these figures. If nothing is, write: nothing that we know of."))  # fmt: skip

    def plain(self, value: Any, facts: Facts) -> str:
        """Its words and every figure, so that a corrected one shows in an edition."""
        chart = chart_of(value, drawn=False)
        rows = (f"{row.label}: {'; '.join(row.cells)}" for row in chart.rows)
        return lines_of("\n".join([super().plain(value, facts), "; ".join(chart.columns), *rows]))

    def problems(self, value: Any) -> Iterator[Problem]:
        """The table cannot be read or does not fit its chart; something about it is not said."""
        yield from super().problems(value)
        try:
            table_of(value)
        except TableRefused as refusal:
            yield Problem(str(refusal), "csv")

    class Meta:
        icon = "table"
        label = _("Data chart")
        template = "curriculum/blocks/chart.html"
        description = _("Bars, lines or small multiples from a table, with the same figures as a table beside it.")  # fmt: skip
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "Homes owned in Riverbend, an invented town",
            "kind": Kind.LINE.value,
            "measure": Measure.SHARE.value,
            "unit": "percent of households that own their home",
            "csv": "Year,All,North bank,South bank\n1950,48,61,22\n1980,57,70,31\n2020,60,74,30\n",
            "together": "All",
            "source": "",
            "year": "1950 to 2020",
            "method": "Invented to practice on.",
            "not_collected": "People who rent a room are not in these figures.",
        }
