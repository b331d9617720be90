"""Lines through years, each with its own dash and shape and its name at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.html import escape

from curriculum.charts import cells, marks, svg
from curriculum.charts.numbers import shown
from curriculum.charts.reading import Series
from curriculum.charts.scale import Scale, spread, thinned

HIGH = 13.0  # em, unless the names need more
TOP, BOTTOM = 1.5, 2.0  # em above and below the lines
LAST = 63.0  # percent of the width: the last row
LETTER = 2.6  # percent of the width: a letter on a phone
NAMES = 68.0  # where the names begin
LETTERS = 12

Gaps = Iterator[list[tuple[float, float]]]


def places_of(labels: Sequence[str], first: float, last: float) -> list[float]:
    """Where each row stands across: years at their distance, other rows evenly."""
    if len(labels) < 2:
        return [(first + last) / 2 for _label in labels]
    numbers = list(range(len(labels)))
    if all(cells.YEAR.fullmatch(label) for label in labels):
        numbers = [int(label) for label in labels]
    least, most = min(numbers), max(numbers)
    return [first + (last - first) * (number - least) / (most - least) for number in numbers]


def draw_lines(
    name: str, labels: Sequence[str], series: Sequence[Series], scale: Scale, *, percent: bool
) -> tuple[float, str, str]:
    """Height in em, definitions and drawing of the lines of these series; rows in the order of time."""
    names = [_end_of(one, percent=percent) for one in series]
    heights = [svg.LINE * len(lines) + 0.2 for lines in names]
    high = max(HIGH, sum(heights))
    first = min(26.0, 3 + LETTER * max(len(tick_words(tick, percent)) for tick in scale.ticks))
    places = places_of(labels, first, LAST)
    parts = [grid(scale, high, LAST + 2, percent=percent)]
    ends = []
    for number, one in enumerate(series):
        points = [(x, None if value is None else down(value, scale, high)) for x, value in zip(places, one.values, strict=True)]  # fmt: skip
        parts += [path(run, TOP + high + BOTTOM, number) for run in runs(points)]
        known = [(x, y) for x, y in points if y is not None]
        parts += [f'<use href="#{name}-m{number}" x="{svg.short(x)}%" y="{svg.short(y)}em"/>' for x, y in known]  # fmt: skip
        ends.append(known[-1] if known else (LAST, TOP + high))
    tops = spread([y - TOP - 0.6 for _x, y in ends], heights, high)
    for number, (lines, top) in enumerate(zip(names, tops, strict=True)):
        parts.append(_name(name, number, lines, ends[number], TOP + top))
    parts.append(years(labels, places, TOP + high + 1.4))
    return TOP + high + BOTTOM, marks.shapes(name, range(len(series))), "".join(parts)


def grid(scale: Scale, high: float, right: float, *, percent: bool) -> str:
    """Round figures with a thin line below each."""
    parts = []
    for tick in scale.ticks:
        y = down(tick, scale, high)
        kind = "base" if tick == 0 else "grid"
        parts.append(f'<line class="{kind}" x2="{svg.short(right)}%" y1="{svg.short(y)}em" y2="{svg.short(y)}em"/>')  # fmt: skip
        words = escape(tick_words(tick, percent))
        parts.append(f'<text class="tick" y="{svg.short(y - 0.25)}em">{words}</text>')
    return "".join(parts)


def years(labels: Sequence[str], places: Sequence[float], y: float) -> str:
    """Words below the lines: as many as fit, the first and the last among them."""
    longest = max(len(label) for label in labels)
    if longest > 7:
        ends = [(0, "0", "start"), (len(labels) - 1, f"{svg.short(places[-1] + 2)}%", "end")]
        return "".join(svg.text([svg.wrapped(labels[at], 18, 1)[0]], x, y, f' text-anchor="{anchor}"') for at, x, anchor in ends)  # fmt: skip
    kept = thinned(places, LETTER * longest + 4)
    return "".join(svg.text([labels[at]], f"{svg.short(places[at])}%", y, ' text-anchor="middle"') for at in kept)  # fmt: skip


def runs(points: Sequence[tuple[float, float | None]]) -> Gaps:
    """The stretches of a line between what was not collected; a point alone makes none."""
    run: list[tuple[float, float]] = []
    for x, y in [*points, (0.0, None)]:
        if y is not None:
            run.append((x, y))
            continue
        if len(run) > 1:
            yield run
        run = []


def path(run: Sequence[tuple[float, float]], height: float, number: int) -> str:
    """A stretch as one polyline, stretched to the width of the drawing with strokes as wide as ever."""
    points = " ".join(f"{x * 10:.0f},{y / height * 1000:.0f}" for x, y in run)
    return (
        f'<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="{svg.short(height)}em">'
        f'<polyline class="line {marks.color(number)}" points="{points}"{marks.dash(number)}/></svg>'
    )


def tick_words(tick: Decimal, percent: bool) -> str:
    """The figure of a thin line, without zeros behind the point."""
    whole = tick.to_integral_value()
    return shown(whole.quantize(Decimal(1)) if tick == whole else tick.normalize(), percent=percent)


def down(value: Decimal, scale: Scale, high: float) -> float:
    """How far below the top a figure stands, in em, where the lines are so `high`."""
    return TOP + high * (1 - scale.share(value))


def _end_of(one: Series, *, percent: bool) -> list[str]:
    """The name of a line and its last figure."""
    last = next((value for value in reversed(one.values) if value is not None), None)
    lines = svg.wrapped(one.name, LETTERS, 3)
    figure = "" if last is None else shown(last, percent=percent)
    if figure and len(lines[-1]) + len(figure) < LETTERS:
        return [*lines[:-1], f"{lines[-1]} {figure}"]
    return [*lines, figure] if figure else lines


def _name(name: str, number: int, lines: list[str], end: tuple[float, float], top: float) -> str:
    foot = top + 0.95
    middle = svg.short(foot - 0.35)
    leader = f'<line class="leader" x1="{svg.short(end[0] + 1.5)}%" y1="{svg.short(end[1])}em" x2="{NAMES - 2}%" y2="{middle}em"/>'
    key = f'<use href="#{name}-m{number}" x="{NAMES}%" y="{middle}em"/>'
    return leader + key + svg.text(lines, f"{NAMES + 3}%", foot)
