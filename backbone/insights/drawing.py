"""A picture made of the lines beside it: a bar for each number, words where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from backbone.insights.showing import Line
from core.text import trusted
from curriculum.charts import marks, svg

NAME = "insights"
ROOM = 62.0  # percent of the width for the longest bar; the rest is for its words
THICK, BELOW = 1.05, 0.45  # em


def bars_of(lines: Sequence[Line], *, title: str, name: str = NAME) -> SafeString:
    """The picture; its table stands beside it and says the same. `name` tells several on a page apart."""
    parts, bars, y = [], [], 0.2
    for line in lines:
        label = svg.wrapped(line.what, 44, 2)
        parts.append(svg.text(label, "0", y + 0.95))
        y += svg.LINE * len(label) + 0.1
        width = ROOM * line.count / line.of if line.count is not None and line.of else 0.0
        if width:
            place = f'x="0" y="{svg.short(y)}em" width="{svg.short(width, 1)}%"'
            bars.append(f'<rect {place} height="{THICK}em"/>')
        start = f"{svg.short(width + 1 if width else 0, 1)}%"
        parts.append(svg.text([line.shown], start, y + 0.86))
        y += THICK + BELOW
    inside = f'<g class="fig-bars {marks.color(0)}" fill="url(#{name}-p0)">{"".join(bars)}</g>'
    described = _("The table below says the same.")
    hatches = marks.hatches(name, [0])
    return trusted(svg.picture(name, title, described, y, hatches, inside + "".join(parts)))
