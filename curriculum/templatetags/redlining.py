"""What the templates of a redlining map need: the legend, the grade in words."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from core.text import trusted
from curriculum.models import RedliningMap
from curriculum.redlining import svg
from curriculum.redlining.geojson import GRADES

register = template.Library()

#: The words that the surveyors' agency printed for its grades.
GRADE_WORDS = {
    "A": _("best"),
    "B": _("still desirable"),
    "C": _("definitely declining"),
    "D": _("hazardous"),
}


@register.simple_tag
def map_legend(shown: RedliningMap) -> list[dict[str, Any]]:
    """One row for each grade: letter, word, number of areas and a swatch with the grade's pattern."""
    return [
        {
            "grade": grade,
            "word": GRADE_WORDS[grade],
            "count": shown.counts.get(grade, 0),
            "swatch": trusted(svg.swatch(grade)),
        }
        for grade in GRADES
    ]


@register.filter
def grade_word(grade: str) -> Any:
    """The word of a grade; empty for anything else."""
    return GRADE_WORDS.get(grade, "")
