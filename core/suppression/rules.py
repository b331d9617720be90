"""The thresholds, and what one count may show. Every other rule stands on the two functions here.

Five is what must be left for somebody who is behind a number themselves and takes their own state away. So all is six:
six at least on either side of a number, six values that “few” can mean, a step of six between two numbers.
"""

from __future__ import annotations

from core.suppression.shown import Number, Why

LEFT = 5  # people, or possible values, that are left for somebody who knows their own state
ENOUGH = LEFT + 1
BEHIND = 2 * ENOUGH  # people behind a number: enough on either side of it
COHORT = 10  # people in a cohort of which anything is shown


def first_shown(count: int, people: int) -> int | Why:
    """What a count of so many people shows where no number stands yet.

    With `BEHIND` people or more each answer leaves six values (none to five, all to all but five) or is a number with six
    people on either side. With fewer there is no answer, whatever the count.
    """
    if people < BEHIND:
        return Why.PEOPLE_FEW
    if count < ENOUGH:
        return Why.FEW
    return Why.NEARLY_ALL if people - count < ENOUGH else count


def may_replace(number: Number, next_shown: int | Why, people: int, came_or_left: int) -> bool:
    """Whether the number on show may give way to what a count of `people` would show first.

    Each who came or left since can have changed the count by one, so six more than these must lie between: then the states
    of six who were there both times differ, whoever came or left. Few and nearly all must lie that far off as a whole;
    if only a part of what they can mean did, taking their place would tell which part it is.
    """
    step = ENOUGH + came_or_left
    if next_shown is Why.FEW:
        return number.count - (ENOUGH - 1) >= step
    if next_shown is Why.NEARLY_ALL:
        return people - (ENOUGH - 1) - number.count >= step
    return isinstance(next_shown, int) and abs(next_shown - number.count) >= step
