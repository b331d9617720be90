"""What is shown of one question, tried on every table: nobody's answer can be found, nor that they gave none. D1, D2, D5."""

from itertools import combinations, pairwise

import pytest

from backbone.pulse.counting import counts_of, result_of


def tables(asked, answers):
    """How many gave each answer, and how many none: every way."""
    for bars in combinations(range(asked + answers), answers):
        ends = (-1, *bars, asked + answers)
        yield [after - before - 1 for before, after in pairwise(ends)]


@pytest.mark.parametrize(("asked", "answers", "gone"), [(12, 2, 0), (13, 2, 0), (18, 2, 0), (20, 2, 0), (24, 2, 0), (18, 3, 0), (20, 3, 0), (20, 2, 2), (24, 2, 6), (20, 3, 2)])  # fmt: skip
def test_every_result_leaves_five_possibilities_and_every_answer_of_every_other(asked, answers, gone):  # fmt: skip
    """Somebody who answered takes their own answer away, somebody who did not that they did not, or they were not asked.

    Of `gone` it is known that they gave none.
    """
    alike = {}
    for cells in tables(asked, answers):
        if cells[-1] < gone:
            continue
        shown = result_of(cells[:-1], asked=asked, learners=asked, gone=gone)
        cells = [*cells[:-1], cells[-1] - gone]
        if len(shown.get("counts", [])) > answers:
            shown = {"counts": [*shown["counts"][:-1], shown["counts"][-1] - gone]}
        alike.setdefault(repr(shown), (shown, []))[1].append(cells)

    for shown, possible in alike.values():
        exact = shown.get("counts", [])
        known = len(exact) if len(exact) > answers else max(len(exact) - 1, 0)
        for own in (None, *range(answers + 1)):
            others = [cells for cells in possible if own is None or cells[own]]
            for cell in range(answers + 1) if others else ():
                values = {cells[cell] - (own == cell) for cells in others}
                assert max(values) > 0
                assert min(values) < asked - gone - (own is not None)
                if cell < known:
                    assert len(values) == 1
                    assert min(values) >= 5
                else:
                    assert len(values) >= 5


def test_six_of_each_and_six_without_an_answer_are_shown_as_they_are():
    assert result_of([8, 6], asked=20, learners=20) == {"counts": [8, 6, 6]}


def test_a_few_without_an_answer_are_put_to_the_last_one():
    assert result_of([8, 6], asked=15, learners=15) == {"counts": [8, 7]}
    assert result_of([8, 5], asked=15, learners=15) == {"counts": [8, 7]}


def test_where_too_few_gave_an_answer_none_is_shown():
    assert result_of([5, 8], asked=15, learners=15) == {"why": "table_tells"}
    assert result_of([14, 0], asked=15, learners=15) == {"why": "table_tells"}


def test_a_cohort_that_shrank_below_ten_shows_nothing():
    assert result_of([8, 8], asked=16, learners=9) == {"why": "cohort_small"}


def test_what_is_no_choice_counts_as_none():
    assert counts_of(["10", "23", "01", "9x", "x1", "1"], 1, 3) == [2, 0, 1]
