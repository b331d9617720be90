"""The page about speed says what the file of results says, and its charts can be read by everybody."""

import xml.etree.ElementTree as ET

from bench import scale
from bench.aims import read
from bench.charts import BARS, Bar, chart, length
from bench.page import CHARTS, PAGE, SCALE, charts, filled, with_parts

SVG = "{http://www.w3.org/2000/svg}"
BARS_OF_TWO = [Bar("a lesson", 0.6, aim=0.5), Bar("a <page>", 0.3, aim=0.5, is_met=False)]


def test_the_page_and_its_charts_say_what_was_measured():
    """After a run of the benchmark: `python -m bench.page`."""
    results = read()

    assert filled(PAGE.read_text(), results) == PAGE.read_text()
    assert {name: (CHARTS / f"{name}.svg").read_text() for name in charts(results)} == charts(results)  # fmt: skip
    assert {path.stem for path in CHARTS.glob("*.svg")} == set(charts(results))


def test_the_page_about_several_machines_says_what_follows_from_what_was_measured():
    """After a run of what it begins with: `python -m bench.page`."""
    assert with_parts(SCALE.read_text(), scale.parts()) == SCALE.read_text()


def test_the_page_shows_each_chart():
    page = PAGE.read_text()

    assert [name for name in charts(read()) if f"(charts/{name}.svg)" not in page] == []


def test_another_number_in_the_file_is_another_number_on_the_page():
    results = {
        "machine": {"cores": 2, "python": "3.11"},
        "3 a lesson": {"per_second": 90.0, "p95_ms": 20.0, "cpu_ms": 7.25, "of_tiny": 0.45, "aim": 0.5},
    }  # fmt: skip
    page = (
        "<!-- measured: rows -->\nold\n<!-- end -->\n<!-- measured: missed -->\nold\n<!-- end -->"
    )

    said = filled(page, results)

    assert "| 3 a lesson | 90 | 20 | 7.25 | 0.45 of *tiny* | ≥ 0.50 | **no** |" in said
    assert "- 3 a lesson: 0.45 of *tiny*, the aim is at least 0.50." in said
    assert "old" not in said


def test_a_bar_is_as_long_as_its_part_of_the_longest():
    assert (length(2.0, 2.0), length(1.0, 2.0), length(0.0, 2.0)) == (BARS, BARS / 2, 0)


def test_a_chart_has_a_bar_and_a_mark_for_each_line_and_says_its_numbers_in_words():
    drawn = ET.fromstring(chart("Speed", "Longer is better.", BARS_OF_TWO))

    assert [one.get("class") for one in drawn.iter(f"{SVG}rect")] == ["met", "missed"]
    assert len(list(drawn.iter(f"{SVG}line"))) == 2
    assert drawn.find(f"{SVG}title").text == "Speed"
    assert drawn.find(f"{SVG}desc").text == (
        "Longer is better. a lesson: 0.60 (aim 0.50, kept); a <page>: 0.30 (aim 0.50, missed)."
    )


def test_a_chart_reads_in_light_and_dark_and_runs_nothing():
    drawn = chart("Speed", "Longer is better.", BARS_OF_TWO)

    assert "prefers-color-scheme: dark" in drawn
    assert "<script" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
