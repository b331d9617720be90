"""Small multiples: one small drawing for each column, all on one scale, so that sizes can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape

from curriculum.charts import lines, marks, svg
from curriculum.charts.numbers import shown
from curriculum.charts.reading import Series
from curriculum.charts.scale import Scale

HIGH = 5.5
FIRST, LAST = 4.0, 94.0


def draw_panel(
    name: str, labels: Sequence[str], one: Series, scale: Scale, *, percent: bool
) -> tuple[float, str, str]:
    """Height in em, definitions and drawing of one line with its first and its last figure."""
    places = lines.places_of(labels, FIRST, LAST)
    ends = Scale((scale.ticks[0], scale.ticks[-1]))
    points = [
        (x, None if value is None else lines.down(value, scale, HIGH))
        for x, value in zip(places, one.values, strict=True)
    ]
    height = lines.TOP + HIGH + lines.BOTTOM
    parts = [lines.grid(ends, HIGH, 100, percent=percent)]
    parts += [lines.path(run, height, 0) for run in lines.runs(points)]
    known = [at for at, (_x, y) in enumerate(points) if y is not None]
    parts += [
        f'<use href="#{name}-m0" x="{svg.short(points[at][0])}%" y="{svg.short(points[at][1] or 0)}em"/>'
        for at in known
        if at == known[-1] or not {at - 1, at + 1} & set(known)
    ]
    for at in known[-1:]:
        value, (x, y) = one.values[at], points[at]
        if value is not None and y is not None:
            words = escape(shown(value, percent=percent))
            above = y - 0.6 if y > lines.TOP + 1 else y + 1.5
            parts.append(f'<text class="value" text-anchor="end" x="{svg.short(x + 3)}%" y="{svg.short(above)}em">{words}</text>')  # fmt: skip
    foot = lines.TOP + HIGH + 1.4
    for at, edge, anchor in ((0, "0", "start"), (len(labels) - 1, "100%", "end")):
        parts.append(
            svg.text(svg.wrapped(labels[at], 10, 1), edge, foot, f' text-anchor="{anchor}"')
        )
    return height, marks.shapes(name, [0]), "".join(parts)
