"""A table that is shown once: its holes cannot be filled from its totals, in either direction. D1, D2, D3, D5, D8."""

from itertools import combinations, pairwise, product

import pytest

from core.suppression import Rung, Sheet, Why, suppress_table

SHAPES = [(1, 2), (1, 3), (2, 2), (2, 3)]


def sheet(*lines):
    """A table given line by line."""
    rows, columns = [f"row {i}" for i in range(len(lines))], [f"column {j}" for j in range(len(lines[0]))]  # fmt: skip
    counts = [count for line in lines for count in line]
    return suppress_table(dict(zip(product(rows, columns), counts, strict=True)), rows, columns)


def tables(people, rows, columns):
    """Every table of so many people."""
    size = rows * columns
    for bars in combinations(range(people + size - 1), size - 1):
        ends = (-1, *bars, people + size - 1)
        counts = [after - before - 1 for before, after in pairwise(ends)]
        yield tuple(tuple(counts[row * columns : (row + 1) * columns]) for row in range(rows))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("people", [10, 12, 13, 17])
def test_every_table_leaves_five_possibilities_and_every_answer_of_every_other(people, shape):
    """By trying all: somebody who answered takes their own answer away, or is not in it."""
    alike = {}
    for table in tables(people, *shape):
        alike.setdefault(repr(sheet(*table)), (sheet(*table), []))[1].append([count for line in table for count in line])  # fmt: skip

    for shown, possible in alike.values():
        for own in (None, *range(shape[0] * shape[1])):
            others = [counts for counts in possible if own is None or counts[own]]
            for cell in range(shape[0] * shape[1]) if others else ():
                values = {counts[cell] - (own == cell) for counts in others}
                assert shown.rung is Rung.CELLS or len(values) >= 5
                assert max(values) > 0
                assert min(values) < people - (own is not None)


def test_a_table_in_which_every_answer_has_six_people_is_shown_whole():
    shown = sheet((6, 9), (7, 6))

    assert shown.rung is Rung.CELLS
    assert shown.rows == {"row 0": 15, "row 1": 13}
    assert shown.columns == {"column 0": 13, "column 1": 15}


def test_one_small_answer_takes_all_others_with_it_and_leaves_the_totals():
    """The total of its row and the total of its column would give it away."""
    assert sheet((5, 9), (7, 6)) == Sheet(
        people=27,
        rung=Rung.TOTALS,
        rows={"row 0": 14, "row 1": 13},
        columns={"column 0": 12, "column 1": 15},
        why=Why.TABLE_TELLS,
    )


def test_a_small_total_in_one_direction_hides_the_other_direction_too():
    assert sheet((2, 3), (20, 20)) == Sheet(45, Rung.NOTHING, why=Why.TABLE_TELLS)


def test_a_list_with_one_small_answer_shows_none():
    assert sheet((20, 9, 5)) == Sheet(34, Rung.NOTHING, why=Why.TABLE_TELLS)
    assert sheet((20, 9, 6)).rung is Rung.CELLS


def test_an_answer_that_nobody_gave_is_a_small_one():
    assert suppress_table({("", "yes"): 30}, [""], ["yes", "no"]).rung is Rung.NOTHING


def test_eleven_people_are_too_few_for_any_table():
    assert sheet((6, 5)) == Sheet(11, Rung.NOTHING, why=Why.PEOPLE_FEW)


def test_nobody_is_forgotten_outside_the_table():
    with pytest.raises(ValueError, match="outside"):
        suppress_table({("a", "x"): 9, ("b", "x"): 9}, ["a"], ["x"])
