"""Then and now: figures of today for the grades or areas of a map, what belongs nowhere, and a second map."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from curriculum.blocks import LessonBlocks
from curriculum.blocks.then_now import comparison_of
from curriculum.models import RedliningMap
from tests.curriculum.editing import publish, short_lesson, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LESSON = "/learn/how-redlining-worked/grading-a-city/"
BLOCK = LessonBlocks().child_blocks["then_now"]
BY_GRADE = "Grade,Own their home\nA,80%\nB,70%\nD,30%"
BY_AREA = "Area,Own their home,Age\n" + "\n".join(
    f"{label},{20 + 3 * at}%,{40 + at}" for at, label in enumerate(["A1", "a2", "Mill Terrace", "B1", "B2", "C1", "C2", "D1", "D2"])
)  # fmt: skip


@pytest.fixture
def riverbend(cast):
    return RedliningMap.objects.get(slug="riverbend")


def value(riverbend, **changes):
    given = {
        "title": "Graded then, owned now", "map": str(riverbend.pk), "unit": "percent of households", "csv": BY_AREA,
        "source": "RL14", "year": "2020", "method": "Made up.", "not_collected": "Renters.",
        "caution": "A highway came between [@HW01].", **changes,
    }  # fmt: skip
    return given


def compared(riverbend, csv):
    return comparison_of(BLOCK.to_python(value(riverbend, csv=csv))).joined


def words(row):
    return [cell.words for cell in row.cells]


def test_by_grade_each_grade_of_the_map_has_a_row_and_says_what_is_missing(riverbend):
    found = compared(riverbend, BY_GRADE)

    assert [(row.grade, row.areas, row.share, words(row)) for row in found.grades] == [
        ("A", 3, "21%", ["80%"]),
        ("B", 5, "29%", ["70%"]),
        ("C", 5, "29%", ["not collected"]),
        ("D", 4, "21%", ["30%"]),
    ]
    assert (found.missing, found.areas, found.layer) == (("C",), (), "")


def test_by_area_a_grade_has_its_least_and_its_highest_figure(riverbend):
    found = compared(riverbend, BY_AREA)

    assert [words(row) for row in found.grades] == [
        ["20% to 26%", "40 to 42"],
        ["29% to 32% (2 of 5 areas)", "43 to 44 (2 of 5 areas)"],
        ["35% to 38% (2 of 5 areas)", "45 to 46 (2 of 5 areas)"],
        ["41% to 44% (2 of 4 areas)", "47 to 48 (2 of 4 areas)"],
    ]
    assert len(found.areas) == 17
    assert sorted(found.missing) == ["B3", "B4", "B5", "C3", "C4", "C5", "D3", "D4"]


def test_an_area_is_found_by_its_label_or_its_name_whatever_its_letters(riverbend):
    found = compared(riverbend, BY_AREA)

    assert {row.label: words(row)[0] for row in found.areas if row.grade == "A"} == {
        "A1": "20%",
        "A2": "23%",
        "A3": "26%",
    }


def test_rows_that_belong_nowhere_are_said_to_the_editor_and_on_the_page(riverbend):
    csv = "Area,x\nA1,1\nZ9,2\nOrchard Hill,3"
    block = BLOCK.to_python(value(riverbend, csv=csv))

    assert [problem.words for problem in BLOCK.problems(block)] == [
        "row 3: no area of this map is called “Z9”.",
        "row 4: “Orchard Hill” is an area that another row names already.",
    ]
    shown = render_to_string("curriculum/blocks/then_now.html", {"value": block})
    assert "row 3: no area of this map is called “Z9”." in shown


def test_a_grade_that_the_map_does_not_have_is_said(riverbend):
    riverbend.areas.filter(grade="A").delete()

    assert compared(riverbend, BY_GRADE).stray == ("row 2: no area of this map has grade A.",)


def test_labels_that_stand_twice_on_the_map_take_no_figure(riverbend):
    riverbend.areas.filter(label="D2").update(label="D1")

    assert compared(riverbend, "Area,x\nA1,1\nD1,2").stray == (
        "row 3: 2 areas of this map are called “D1”, so its figures belong to none of them.",
    )


def test_the_second_map_has_the_same_areas_in_hatched_classes_with_a_legend_in_words(riverbend):
    found = compared(riverbend, BY_AREA)

    drawing = ElementTree.fromstring(found.layer)
    assert drawing.get("role") == "img"
    areas = [part.get("class") for part in drawing.iter("path") if (part.get("class") or "").startswith("layer-area")]  # fmt: skip
    assert (len(areas), areas.count("layer-area layer-none")) == (17, 8)
    assert len(set(re.findall(r"<pattern .*?</pattern>", found.layer))) == 4
    assert [(row.word, row.range) for row in found.legend] == [
        ("lowest", "20% to 26%"),
        ("lower middle", "29% to 32%"),
        ("upper middle", "35% to 38%"),
        ("highest", "41% to 44%"),
        ("not collected", ""),
    ]
    assert "style" not in found.layer
    assert len(found.layer) < 6_000


def test_where_hardly_any_figure_differs_there_is_no_second_map(riverbend):
    assert compared(riverbend, "Area,x\nA1,1\nA2,1\nB1,2").layer == ""


def test_what_is_missing_is_said_before_it_is_published():
    found = [(problem.field, problem.words) for problem in BLOCK.problems(BLOCK.to_python({"csv": "x"}))]  # fmt: skip

    assert [field for field, _words in found] == ["map", "title", "unit", "source", "year", "method", "not_collected", "caution"]  # fmt: skip


def test_a_table_that_cannot_be_read_is_refused_at_its_field(riverbend):
    block = BLOCK.to_python(value(riverbend, csv="Grade,x\nA,=1\nB,2"))

    (problem,) = BLOCK.problems(block)

    assert problem.field == "csv"
    assert problem.words.startswith("row 2, column “x”: “=1” is a formula")


def test_a_reader_sees_both_maps_the_tables_and_the_caution(nobody, riverbend):
    publish(with_blocks(short_lesson(), {"type": "then_now", "value": value(riverbend)}))

    shown = nobody.get(LESSON).text

    assert "This town is invented." in shown
    assert "So are its figures." in shown
    assert f"/{riverbend.svg_sha256}" in shown
    assert shown.count('<svg class="layer-svg"') == 1
    assert shown.count('<td data-label="Own their home">') == 21
    assert "A highway came between" in shown
    assert 'href="#source-HW01"' in shown


def test_on_paper_the_tables_stand_open(riverbend):
    given = {"value": BLOCK.to_python(value(riverbend)), "numbers": {}, "facts": {}}

    paper = render_to_string("curriculum/paper/then_now.html", given)

    assert "layer-svg" not in paper
    assert paper.count('<td data-label="Own their home">') == 21


def test_it_asks_for_the_map_and_its_areas_and_nothing_else(riverbend, django_assert_num_queries):
    block = BLOCK.to_python(value(riverbend))
    with django_assert_num_queries(1):
        comparison_of(block)
