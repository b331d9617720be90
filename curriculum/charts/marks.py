"""How series are told apart without color: shape and dash of a line, hatch of a bar. Colors come from the style sheet."""

from __future__ import annotations

from collections.abc import Iterable

COLORS = 6

#: Around 0, 0; eight pixels high.
SHAPES = (
    '<circle r="4"/>',
    '<path d="M-4-4H4V4H-4z"/>',
    '<path d="M0-5 5 4H-5z"/>',
    '<path d="M0-5.5 5.5 0 0 5.5-5.5 0z"/>',
    '<circle r="3.4" class="fig-hollow"/>',
    '<path d="M-3.5-3.5H3.5V3.5H-3.5z" class="fig-hollow"/>',
    '<path d="M-4-4 4 4M4-4-4 4" class="fig-stroked"/>',
    '<path d="M0-5V5M-5 0H5" class="fig-stroked"/>',
)
DASHES = ("", "7 3", "2 3", "10 3 2 3", "5 2 1 2 1 2", "14 4", "1 4")

#: Inside of a tile of 8 by 8 pixels; the first is solid.
HATCHES = (
    '<rect width="8" height="8"/>',
    '<path d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>',
    '<circle cx="2" cy="2" r="1.3"/><circle cx="6" cy="6" r="1.3"/>',
    '<path d="M0 2H8M0 6H8"/>',
    '<path d="M-2 6 2 10M0 0 8 8M6-2 10 2M-2 2 2-2M0 8 8 0M6 10 10 6"/>',
    '<path d="M2 0V8M6 0V8"/>',
    '<path d="M-2 6 2 10M0 0 8 8M6-2 10 2"/>',
    '<circle cx="4" cy="4" r="2.6" class="fig-hollow"/>',
)


def color(number: int) -> str:
    """The class of a series' color."""
    return f"fig-{number % COLORS}"


def dash(number: int) -> str:
    """The attribute for a series' line, with a space before it; empty for a whole line."""
    dashes = DASHES[number % len(DASHES)]
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def shapes(name: str, numbers: Iterable[int]) -> str:
    """The shapes of these series, to be used as `#NAME-mNUMBER`."""
    return "".join(
        f'<g id="{name}-m{number}" class="fig-mark {color(number)}">{SHAPES[number % len(SHAPES)]}</g>'
        for number in numbers
    )


def hatches(name: str, numbers: Iterable[int]) -> str:
    """The patterns of these series, to be filled with as `#NAME-pNUMBER`."""
    return "".join(
        f'<pattern id="{name}-p{number}" class="fig-hatch {color(number)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="fig-ground" width="8" height="8"/>{HATCHES[number % len(HATCHES)]}</pattern>'
        for number in numbers
    )
