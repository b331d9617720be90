"""What is shown of the answers to one question. Pure; made once, when the pulse closes, of counts that are kept nowhere.

Everybody who was asked stands in exactly one cell: an answer, or none. So it is a table that is shown once, and its total, how many
were asked, is known to all (adr/0015, rule 7). A list can be shown or not; there are no totals in two directions. Where too few gave
no answer to show that, those who gave none are put to the last answer: what is left is a table of the same kind. It is always
the last one, never the smallest, so which one it is says nothing. In that cell either part can be any of six values
(tests/backbone/pulse/test_counting.py goes through all tables).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from core.suppression import COHORT, Rung, Why, suppress_table

Result = dict[str, Any]
NOT_READABLE = "not_readable"  # what was sealed does not open any more: nothing is counted then
TOO_SOON = (
    "too_soon"  # closed while it can be known who had been there to answer: nothing is counted then
)


def counts_of(ballots: Iterable[str], place: int, answers: int) -> list[int]:
    """How many chose each answer of the question in this place; what is no choice is none."""
    counts = [0] * answers
    for ballot in ballots:
        digit = ballot[place : place + 1]
        if digit.isdecimal() and 1 <= int(digit) <= answers:
            counts[int(digit) - 1] += 1
    return counts


def result_of(counts: Sequence[int], *, asked: int, learners: int, gone: int = 0) -> Result:
    """What everybody sees of one question: a count for each answer and for no answer, or why there is none.

    `asked` were asked when the pulse opened; `learners` learn in the cohort now. Of those asked, `gone` learn there no more:
    that these gave no answer may be known, so they hide nobody, and what is shown must hold without them.
    """
    if learners < COHORT:
        return {"why": Why.COHORT_SMALL.value}
    none = asked - sum(counts)
    hiding = max(none - gone, 0)
    if (why := _hidden([*counts, hiding])) is None:
        return {"counts": [*counts, none]}
    if _hidden([*counts[:-1], counts[-1] + hiding]) is None:
        return {"counts": [*counts[:-1], counts[-1] + none]}
    return {"why": why.value}


def _hidden(cells: Sequence[int]) -> Why | None:
    """Why these cells are not shown; None where they are."""
    columns = [str(number) for number in range(len(cells))]
    sheet = suppress_table(
        {("", name): count for name, count in zip(columns, cells, strict=True)}, [""], columns
    )
    return None if sheet.rung is Rung.CELLS else sheet.why
