"""Bars as an SVG that reads in light and dark, without a script. A chart holds its numbers as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABELS, LINE, HEAD, FOOT = 960, 400, 30, 64, 34
BARS = WIDTH - LABELS - 200  # room for the number behind the longest bar
STYLE = """
    text { font: 14px system-ui, sans-serif; fill: #1d2433; }
    .title { font-weight: 600; font-size: 17px; }
    .quiet { fill: #4d566b; font-size: 13px; }
    .met { fill: #2c6e9b; }
    .missed { fill: #b4532a; }
    .aim { stroke: #1d2433; stroke-width: 2; stroke-dasharray: 4 3; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e8ebf2; }
      .quiet { fill: #aab3c5; }
      .met { fill: #6db3e2; }
      .missed { fill: #f0996c; }
      .aim { stroke: #e8ebf2; }
    }
"""


@dataclass(frozen=True)
class Bar:
    """One line: what it is about, its length and unit, where the aim stands, whether it keeps to it. Without an aim it only tells."""

    label: str
    value: float
    unit: str = ""
    aim: float | None = None
    is_met: bool = True


def chart(title: str, said: str, bars: Sequence[Bar]) -> str:
    """The whole file. `said` stands under the title, and is read out before the numbers."""
    most = max([1e-9, *(max(bar.value, bar.aim or 0) for bar in bars)])
    height = HEAD + LINE * len(bars) + FOOT
    drawn = "".join(_line(bar, HEAD + LINE * at, most) for at, bar in enumerate(bars))
    legend = (
        "Dashed: the aim."
        if any(bar.aim is not None for bar in bars)
        else "No aim: for orientation."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="t d">\n'
        f'  <title id="t">{escape(title)}</title>\n  <desc id="d">{escape(said)} {escape(_heard(bars))}</desc>\n'
        f"  <style>{STYLE}  </style>\n"
        f'  <text class="title" x="8" y="26">{escape(title)}</text>\n'
        f'  <text class="quiet" x="8" y="48">{escape(said)}</text>\n'
        f"{drawn}"
        f'  <text class="quiet" x="8" y="{height - 10}">{legend}</text>\n</svg>\n'
    )  # fmt: skip


def length(value: float, most: float) -> float:
    """Of a bar, in the units of the drawing, where the longest takes all the room."""
    return round(BARS * value / most, 1)


def shown(value: float) -> str:
    """A number with as many digits as somebody reads."""
    if value == int(value):
        return f"{int(value):,}".replace(",", " ")
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def number(bar: Bar) -> str:
    """What stands behind a bar; a missed aim is said in a word, not by color alone."""
    return escape(f"{shown(bar.value)}{bar.unit}{'' if bar.is_met else ', missed'}")


def _line(bar: Bar, top: float, most: float) -> str:
    wide, middle = length(bar.value, most), top + LINE / 2
    mark = ""
    if bar.aim is not None:
        at = LABELS + length(bar.aim, most)
        mark = f'  <line class="aim" x1="{at}" x2="{at}" y1="{top + 2}" y2="{top + LINE - 2}"/>\n'
    kind = "met" if bar.is_met else "missed"
    behind = max(wide, length(bar.aim, most) if bar.aim is not None else 0)
    return (
        f'  <text x="{LABELS - 10}" y="{middle + 5}" text-anchor="end">{escape(bar.label)}</text>\n'
        f'  <rect class="{kind}" x="{LABELS}" y="{top + 6}" width="{wide}" height="{LINE - 12}" rx="2"/>\n{mark}'
        f'  <text x="{LABELS + behind + 8}" y="{middle + 5}">{number(bar)}</text>\n'
    )


def _heard(bars: Sequence[Bar]) -> str:
    """The numbers in words."""
    parts = []
    for bar in bars:
        aim = (
            ""
            if bar.aim is None
            else f" (aim {shown(bar.aim)}, {'kept' if bar.is_met else 'missed'})"
        )
        parts.append(f"{bar.label}: {shown(bar.value)}{bar.unit}{aim}")
    return "; ".join(parts) + "."
