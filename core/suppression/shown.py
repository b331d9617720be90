"""What stands where a number could stand: the number, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Number:
    """So many `of` so many, as counted on the day `on`. It stays, with this day, until it may be replaced."""

    count: int
    of: int
    on: date


class Why(Enum):
    """A value that is not shown, and the reason. Each reason is itself no more than what may be known."""

    COHORT_SMALL = "cohort_small"
    PEOPLE_FEW = "people_few"
    FEW = "few"
    NEARLY_ALL = "nearly_all"
    NAMES_TELL = "names_tell"
    TABLE_TELLS = "table_tells"

    @property
    def words(self) -> str | Promise:
        """The word or two that stand in the place of the number."""
        return _WORDS[self]

    @property
    def sentence(self) -> str | Promise:
        """Why there is no number, for whoever reads the page."""
        return _SENTENCES[self]


Shown = Number | Why

_HIDDEN = _("not shown")

_WORDS: dict[Why, str | Promise] = {
    Why.COHORT_SMALL: _HIDDEN,
    Why.PEOPLE_FEW: _HIDDEN,
    Why.FEW: _("few"),
    Why.NEARLY_ALL: _("nearly all"),
    Why.NAMES_TELL: _HIDDEN,
    Why.TABLE_TELLS: _HIDDEN,
}

_SENTENCES: dict[Why, str | Promise] = {
    Why.COHORT_SMALL: _("Fewer than ten people learn in this cohort, so no number about them is shown."),
    Why.PEOPLE_FEW: _("There are too few people to count here. A number could tell what one of them did."),
    Why.FEW: _("Between none and five. The exact number could tell who it is."),
    Why.NEARLY_ALL: _("All, or all but at most five. The exact number could tell who is left."),
    Why.NAMES_TELL: _("Names are shown when nobody else is left, or at least six people are: otherwise they would tell who has not finished."),
    Why.TABLE_TELLS: _("Fewer than six people gave one of these answers. The numbers together could tell who they are, so none is shown."),
}  # fmt: skip
