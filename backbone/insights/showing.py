"""The same lines for the page, the picture, the CSV and the JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability import counts
from backbone.insights.counting import DEFINITIONS, PAIRS, commitment_key, module_key
from backbone.insights.keeping import Kept, shown_in
from core.suppression import Number, Why
from curriculum.glossary.formats.as_csv import kept_from_running
from curriculum.outline import ModuleLine

COLUMNS = ("group", "what", "shown", "count", "of", "counted_on", "why")


@dataclass(frozen=True)
class Line:
    """One number or its absence. `shown` is what stands on the page; `why` is empty for a number."""

    group: str
    what: str
    shown: str
    count: int | None
    of: int | None
    counted_on: str
    why: str
    reason: str = ""  # the name of the reason, for a link to its sentence


@dataclass(frozen=True)
class Insights:
    """Everything that is shown of one cohort."""

    modules: list[Line]
    together: list[Line]
    commitments: list[tuple[str | Promise, list[Line]]]  # a level, and its line for each state

    @property
    def lines(self) -> Iterator[Line]:
        """One after another, as the files have them."""
        yield from (*self.modules, *self.together)
        for _level, row in self.commitments:
            yield from row

    @property
    def reasons(self) -> list[Why]:
        """Why something is not shown, each reason once."""
        given = {line.reason for line in self.lines}
        return [why for why in Why if why.value in given]


def insights_of(
    kept: Mapping[str, Kept], counted_on: date, modules: Iterable[ModuleLine]
) -> Insights:
    """What is on show, or was in a week that is past, in the words of the reader's language."""
    day = counted_on.isoformat()
    group, levels = _("Modules finished"), _("Commitments")
    return Insights(
        [
            _line(kept[key], day, group, module.title)
            for module in modules
            if (key := module_key(module)) in kept
        ],
        [
            _line(kept[key], day, _("Together"), what, key)
            for key, what in (
                (DEFINITIONS, _("Read at least one of our definitions")),
                (PAIRS, _("Pairs that checked in during the week before")),
            )
            if key in kept
        ],
        [
            (level_name, [
                _line(kept[commitment_key(level, state)], day, levels, f"{level_name} – {state_name}")
                for state, state_name in counts.STATES.items()
            ])
            for level, level_name in counts.LEVELS.items()
            if commitment_key(level, "") in kept
        ],
    )  # fmt: skip


def csv_of(lines: Iterable[Line]) -> str:
    """A table for spreadsheets; nothing in it is run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        cells = asdict(line)
        writer.writerow([kept_from_running("" if cells[name] is None else str(cells[name])) for name in COLUMNS])  # fmt: skip
    return out.getvalue()


def json_of(lines: Iterable[Line]) -> list[dict[str, object]]:
    """The same lines, with the same columns."""
    return [{name: asdict(line)[name] for name in COLUMNS} for line in lines]


def _line(kept: Kept, day: str, group: str, what: str, unit: str = "") -> Line:
    """What is on show of one measure, on a page that says that it was counted on this day."""
    shown = shown_in(kept)
    if isinstance(shown, Why):
        return Line(group, what, str(shown.words), None, None, kept["on"], str(shown.sentence), shown.value)  # fmt: skip
    of = None if unit == PAIRS else shown.of
    return Line(group, what, _words(shown, of, day), shown.count, of, shown.on.isoformat(), "")  # fmt: skip


def _words(number: Number, of: int | None, day: str) -> str:
    """A number as the page says it: with its own day where it is older than the rest."""
    if of is None:
        words = ngettext("%(count)s pair", "%(count)s pairs", number.count) % {"count": number.count}  # fmt: skip
    else:
        words = _("%(count)s of %(of)s people") % {"count": number.count, "of": of}
    if number.on.isoformat() == day:
        return words
    return _("%(words)s, as of %(day)s") % {"words": words, "day": date_format(number.on)}
