"""Pieces of a drawing. Across, places are percent of the width; down, they are `em`: a chart fits a phone and a desk, and
its words keep the reader's own size. Every word is escaped here."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from django.utils.html import escape

LINE = 1.25  # height of a line of words, in em


def short(value: float, places: int = 2) -> str:
    """A number with so many decimals at most and no needless sign or zero."""
    words = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if words == "-0" else words


def wrapped(words: str, letters: int, lines: int) -> list[str]:
    """The words in lines of so many letters; what does not fit ends in an ellipsis, as the table beside says it whole."""
    return textwrap.wrap(words, letters, max_lines=lines, placeholder="…") or [words[:letters]]


def text(words: Sequence[str], x: str, y: float, rest: str = "") -> str:
    """Some lines of words; `y` is the foot of the first one, `rest` are attributes with a space before them."""
    if len(words) == 1:
        return f'<text x="{x}" y="{short(y)}em"{rest}>{escape(words[0])}</text>'
    lines = "".join(
        f'<tspan x="{x}" dy="{LINE if at else 0}em">{escape(line)}</tspan>'
        for at, line in enumerate(words)
    )
    return f'<text y="{short(y)}em"{rest}>{lines}</text>'


def picture(name: str, title: str, description: str, height: float, defs: str, inside: str) -> str:
    """The whole drawing, named and described for who does not see it."""
    named = f"{name}-t {name}-d" if description else f"{name}-t"
    more = f'<desc id="{name}-d">{escape(description)}</desc>' if description else ""
    return (
        f'<svg class="chart-svg" role="img" aria-labelledby="{named}" width="100%" height="{short(height)}em">'
        f'<title id="{name}-t">{escape(title)}</title>{more}'
        f"<defs>{defs}</defs>{inside}</svg>"
    )
