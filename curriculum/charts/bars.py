"""Bars, lying down, so that their names have room on a phone: one for each row, or a group of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.translation import gettext as _

from curriculum.charts import marks, svg
from curriculum.charts.numbers import shown
from curriculum.charts.reading import Series
from curriculum.charts.scale import Scale

THICK, BELOW, BETWEEN = (
    1.05,
    0.35,
    0.75,
)  # em: a bar, what is left below it, what is left below a group
VALUE_ROOM = 18.0  # percent of the width, right of the longest bar
NAMES = 33.0  # percent of the width, for the names of a group's bars
MOST_VALUES = 96  # above, a figure at each bar is a wall of figures; the table has them all


class Bars:
    """Draws the bars of a view from the top down."""

    def __init__(self, name: str, scale: Scale, *, percent: bool, left: float = 0.0) -> None:
        self.name, self.scale, self.percent, self.left = name, scale, percent, left
        self.room = 100 - VALUE_ROOM - left
        self.parts: list[str] = []
        self.bars: dict[int, list[str]] = {}
        self.y = 0.2

    def one(self, value: Decimal | None, pattern: int, *, say: bool = True) -> None:
        """One bar at the present height, with its figure; in its place words where nothing was collected."""
        zero = self._at(max(self.scale.ticks[0], min(Decimal(0), self.scale.ticks[-1])))
        foot = self.y + 0.86
        if value is None:
            self.parts.append(svg.text([_("not collected")], f"{svg.short(zero + 1)}%", foot, ' class="none"'))  # fmt: skip
            return
        end = self._at(value)
        start, width = min(zero, end), abs(end - zero)
        place = (
            f'x="{svg.short(start, 1)}%" y="{svg.short(self.y)}em" width="{svg.short(width, 1)}%"'
        )
        self.bars.setdefault(pattern, []).append(f'<rect {place} height="{THICK:.0f}em"/>')
        if say:
            words = escape(shown(value, percent=self.percent))
            self.parts.append(f'<text x="{svg.short(max(zero, end) + 1)}%" y="{svg.short(foot)}em">{words}</text>')  # fmt: skip

    def words(self, label: str, kind: str = "") -> None:
        """A name above what follows."""
        lines = svg.wrapped(label, 44, 2)
        rest = f' class="{kind}"' if kind else ""
        self.parts.append(svg.text(lines, "0", self.y + 0.95, rest))
        self.y += svg.LINE * len(lines) + 0.1

    def drawn(self) -> str:
        """All bars, those of one pattern together, and their words."""
        bars = "".join(
            f'<g class="fig-bars {marks.color(pattern)}" fill="url(#{self.name}-p{pattern})">{"".join(rects)}</g>'
            for pattern, rects in self.bars.items()
        )
        return bars + "".join(self.parts)

    def _at(self, value: Decimal) -> float:
        return self.left + self.room * self.scale.share(value)


def draw_bars(
    name: str, labels: Sequence[str], series: Sequence[Series], scale: Scale, *, percent: bool
) -> tuple[float, str, str]:
    """Height in em, definitions and drawing of the bars of these series."""
    if len(series) == 1:
        return _single(Bars(name, scale, percent=percent), labels, series[0])
    return _grouped(Bars(name, scale, percent=percent, left=NAMES + 1), labels, series)


def _single(bars: Bars, labels: Sequence[str], one: Series) -> tuple[float, str, str]:
    for label, value in zip(labels, one.values, strict=True):
        bars.words(label)
        bars.one(value, 0)
        bars.y += THICK + BELOW
    return bars.y, marks.hatches(bars.name, [0]), bars.drawn()


def _grouped(bars: Bars, labels: Sequence[str], series: Sequence[Series]) -> tuple[float, str, str]:
    names = [svg.wrapped(one.name, 15, 3) for one in series]
    heights = [max(THICK, svg.LINE * len(lines)) + BELOW for lines in names]
    say = len(labels) * len(series) <= MOST_VALUES
    for at, label in enumerate(labels):
        bars.words(label, "group")
        bars.parts.append(f'<use href="#{bars.name}-n" y="{svg.short(bars.y)}em"/>')
        for number, one in enumerate(series):
            bars.one(one.values[at], number, say=say)
            bars.y += heights[number]
        bars.y += BETWEEN
    y, written = 0.0, []
    for lines, height in zip(names, heights, strict=True):
        written.append(svg.text(lines, "0", y + 0.86))
        y += height
    defs = marks.hatches(bars.name, range(len(series)))
    return bars.y, f'{defs}<g id="{bars.name}-n">{"".join(written)}</g>', bars.drawn()
