"""A pasted table is read as people write it, or refused with a sentence that names the row and the column."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from curriculum.charts.page import chart_of
from curriculum.charts.reading import read_table
from curriculum.charts.refusal import TableRefused
from curriculum.charts.views import checked_table, views_of

set_hypothesis_home_dir(Path(__file__).parents[2] / "var" / "hypothesis")


def refusal(text, **given):
    with pytest.raises(TableRefused) as refused:
        checked_table(text, **given) if given else read_table(text)
    return str(refused.value)


def test_the_first_row_names_the_columns_and_the_first_column_the_rows():
    table = read_table("Year,All,Black\n1940,44,23\n1950,55,\n")

    assert (table.first, table.labels, table.rows) == ("Year", ("1940", "1950"), (2, 3))
    assert [(one.name, one.values) for one in table.series] == [
        ("All", (Decimal(44), Decimal(55))),
        ("Black", (Decimal(23), None)),
    ]
    assert (table.is_by_year, table.lacks_figures, table.percent) == (True, True, False)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", "1234"), ('"1,234"', "1234"), ('"1,234,567.50"', "1234567.50"), ("1 234", "1234"), ("1\u00a0234", "1234"),
        ("1'234", "1234"), (".5", "0.5"), ("-3", "-3"), ("+3", "3"), ("\u22123.5", "-3.5"), ("\u200e7\u200b", "7"), ("0", "0"),
    ],
)  # fmt: skip
def test_numbers_are_understood_as_people_write_them(cell, value):
    assert read_table(f"g,x\nA,{cell}\nB,1").series[0].values[0] == Decimal(value)


@pytest.mark.parametrize("text", ["g,x\nA,1\nB,2", "g;x\nA;1\nB;2", "g\tx\nA\t1\nB\t2", "\ufeffg,x\r\nA,1\r\n\r\nB,2\r\n", "g,x,,\nA,1,,\nB,2,,", "g,x\rA,1\rB,2"])  # fmt: skip
def test_tables_come_from_every_spreadsheet(text):
    table = read_table(text)

    assert table.labels == ("A", "B")
    assert table.series[0].values == (1, 2)


def test_a_percent_sign_is_understood_and_kept():
    assert read_table("g,x\nA,12%\nB,7.5 %").percent is True


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "there are no figures yet. Paste a table, its first row with the names of the columns."),
        ("\n , \n", "there are no figures yet. Paste a table, its first row with the names of the columns."),
        ("g,x", "there is no row below the names of the columns."),
        ("g\nA", "row 1: there is only one column. Paste a column with names and one with figures at least."),
        (",x\nA,1", "row 1: column 1 has no name. The first row must name every column."),
        ("g,,y\nA,1,2", "row 1: column 2 has no name. The first row must name every column."),
        ("1940,44\n1950,55", "row 1: “1940” stands where column 1 should have its name. The first row must name the columns."),
        ("White,72\nBlack,44", "row 1: “72” stands where column 2 should have its name. The first row must name the columns."),
        ("g,x,X \nA,1,2", "row 1: columns 2 and 3 are both called “X”. Give each a name of its own."),
        ("g,x\nA,1\n a,2", "row 3, column “g”: “a” stands in row 2 already."),
        ("g,x\nA,1\n,2", "row 3, column “g”: the cell is empty. Say which category or year the figures belong to."),
        ("g,x\nA,1\nB,many", "row 3, column “x”: “many” is no number. Leave the cell empty where nothing was collected."),
        ("g,x\nA,-\nB,2", "row 2, column “x”: “-” is no number. Leave the cell empty where nothing was collected."),
        ("g;x\nA;12,5\nB;2", "row 2, column “x”: “12,5” may be read in two ways. Write a point before the decimals, like 12.5."),
        ("g,x\nA,1234567890123456789\nB,2", "row 2, column “x”: “1234567890123456789” has too many digits. Say it in thousands or millions."),
        ("g,x\nA,12%\nB,7", "row 2, column “x”: the figure has a percent sign, and the one in row 3 has none. Use it for the whole column or for none of it."),
        ("g,x\nA,=cmd|' /C calc'!A0\nB,2", "row 2, column “x”: “=cmd|' /C calc'!A0” is a formula, and only what it comes to can be shown. In the spreadsheet, copy and paste as values, then save again."),
        ("g,x\n@SUM(A1),1\nB,2", "row 2, column “g”: “@SUM(A1)” is a formula, and only what it comes to can be shown. In the spreadsheet, copy and paste as values, then save again."),
        ("+g,x\nA,1", "row 1, column “+g”: “+g” is a formula, and only what it comes to can be shown. In the spreadsheet, copy and paste as values, then save again."),
        ("g,x\nA,1,2", "row 2: it has 3 cells, but only 2 columns have a name. A comma inside a number or a name needs quotation marks around the cell."),
        ("g,x\nA,1", "it holds fewer than two figures. One figure says more in a sentence or as a fact."),
        ('g,x\n"A,1\nB,2', "row 2: it cannot be read as a row of a table. Look for a quotation mark that is never closed."),
        (f"g,x\n{'A' * 81},1", "row 2, column “g”: the name has 81 letters, and there is room for 80."),
        (f"g,{','.join(f'c{n}' for n in range(12))}\nA,1", "row 1: it has 13 columns, and a chart takes 12. Leave out what the sentence does not need."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(text, sentence):
    assert refusal(text) == sentence


def test_the_longest_table_and_one_row_more():
    rows = [f"r{number},{number}" for number in range(501)]

    assert len(read_table("\n".join(["g,x", *rows[:500]])).labels) == 500
    assert refusal("\n".join(["g,x", *rows])) == "it has about 502 rows, and a chart takes 500. Add them up by group or year first."  # fmt: skip


def test_a_hundred_thousand_rows_are_refused_at_once():
    text = "g,x\n" + "".join(f"r{number},{number}\n" for number in range(100_000))
    begun = time.perf_counter()

    sentence = refusal(text)

    assert sentence.startswith("it has about 100002 rows")
    assert time.perf_counter() - begun < 1  # 15 ms on the slowest machine that we know


@pytest.mark.parametrize(
    ("text", "given", "sentence"),
    [
        ("g,x\nA,-1\nB,2", {"kind": "bar", "measure": "count"}, "row 2, column “x”: -1 lies below zero. A count or a share begins at zero, and bars stand on that line: nobody can see how long a bar below it is. If it is a change, say so at “Kind of figure”."),
        ("g,x\nA,1\nB,101", {"kind": "bar", "measure": "share"}, "row 3, column “x”: 101 is more than 100 percent of the whole. If it is no share, say so at “Kind of figure”."),
        ("g,x\n1940,1\nlater,2", {"kind": "line", "measure": "count"}, "row 3, column “g”: “later” is no year as the others are. Take the row out or choose bars."),
        ("g,x,y\n1940,1,2", {"kind": "line", "measure": "count"}, "a line needs two rows at least. Choose bars for a single year."),
        ("g,x,y\nA,1%,2", {"kind": "bar", "measure": "count"}, "“x” and “y” are not in the same unit: one has percent signs. Make two charts of them."),
        ("g,x,y\nA,1,2", {"kind": "bar", "measure": "count", "together": "All"}, "no column is called “All”, which should be everybody together. The columns are: x, y."),
        ("g,x\nA,1\nB,2", {"kind": "bar", "measure": "count", "together": "x"}, "“x” is the only column. Add the groups whose average it is."),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_chart_is_refused_with_the_reason(text, given, sentence):
    assert refusal(text, **given) == sentence


def test_a_change_may_lie_below_zero():
    assert checked_table("g,x\nA,-1\nB,2", kind="bar", measure="other").series[0].values == (-1, 2)


def test_everybody_together_comes_first_and_alone():
    table = read_table("Year,White,all of us,Black\n1940,46,44,23\n1950,57,55,35")

    views = views_of(table, " All of us ")

    assert [(view.name, [one.name for one in view.series]) for view in views] == [
        ("together", ["all of us"]),
        ("groups", ["White", "Black"]),
    ]
    assert [view.name for view in views_of(table)] == [""]


CELL = st.one_of(
    st.text(max_size=8),
    st.integers(-5000, 5000).map(str),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.sampled_from(["", "12%", "1,234", "1 234.5", "=1+1", "-", "1940", '"', "\u2212.5%", "all", "\x00", "\ud800"]),
)  # fmt: skip
TABLES = st.one_of(
    st.text(max_size=200),
    st.lists(st.lists(CELL, min_size=1, max_size=5).map(",".join), max_size=6).map("\n".join),
    st.lists(st.integers(0, 99), min_size=2, max_size=30).map(
        lambda row: "Year,x\n" + "\n".join(f"{1900 + at},{one}" for at, one in enumerate(row))
    ),
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    TABLES,
    st.sampled_from(["bar", "line", "multiples"]),
    st.sampled_from(["count", "share", "other"]),
    st.sampled_from(["", "x", "all"]),
)
def test_any_text_becomes_a_chart_or_a_sentence(text, kind, measure, together):
    value = {"title": "t", "csv": text, "kind": kind, "measure": measure, "together": together}

    chart = chart_of(value)

    assert bool(chart.problem) != bool(chart.views)
    assert not chart.problem or chart.problem.endswith(".")
