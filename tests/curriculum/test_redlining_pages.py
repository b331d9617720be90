"""The figure in a lesson and the table on its own page: whole without JavaScript, nothing of the file run."""

import re

import pytest
from django.template.loader import render_to_string

from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.geojson import read_map_bytes
from curriculum.redlining.svg import draw
from tests.curriculum.maps import area, as_bytes, square, town

INVENTED = "This town is invented."


def shown_map(*features, **members) -> tuple[RedliningMap, list[MapArea]]:
    """A map and its areas, not stored."""
    reading = read_map_bytes(as_bytes(town(*features, **members)), "elmsworth.geojson")
    drawing = draw(reading)
    shown = RedliningMap(
        slug="elmsworth",
        city=reading.place.city,
        state=reading.place.state,
        year=reading.place.year,
        invented=reading.invented,
        credit=reading.credit,
        svg=drawing.svg,
        counts=reading.counts,
    )
    areas = [
        MapArea(
            map=shown,
            position=position,
            label=read.label,
            grade=read.grade,
            name=read.name,
            remarks=[{"heading": remark.heading, "text": remark.text} for remark in read.remarks],
        )
        for position, read in enumerate(drawing.areas)
    ]
    return shown, areas


def figure(*features, **members) -> str:
    shown, _areas = shown_map(*features, **members)
    given = {"map": shown, "caption": "Grades of 1937.", "table_url": "/learn/m/l/map/"}
    return render_to_string("curriculum/map_figure.html", given)


def table(*features, **members) -> str:
    shown, areas = shown_map(*features, **members)
    groups = [
        {"grouper": grade, "list": [a for a in areas if a.grade == grade]} for grade in "ABCD"
    ]
    return "".join(
        render_to_string(
            "curriculum/map_table.html", {"map": shown, "group": group, "rows": group["list"]}
        )
        for group in groups
    )


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_figure_says_in_words_what_it_shows():
    page = figure(
        area("A"),
        area("D", rings=[square(-99.9)]),
        area("D", rings=[square(-99.8)]),
        credit="Drawn by us",
    )

    said = words(page)
    assert "Redlining map of Elmsworth, MI, 1937" in said
    assert "2 areas of grade D, hazardous." in said
    assert "0 areas of grade B, still desirable." in said
    assert "A “best” 1 area" in said
    assert "Grades of 1937. Read the map as a table Source: Drawn by us" in said
    assert page.count('href="/learn/m/l/map/"') == 2
    assert page.count("data-area=") == 3


def test_controls_that_need_the_script_are_hidden_until_it_runs():
    page = figure(area())

    assert re.search(r'<form class="map-search" role="search" data-map-search hidden>', page)
    assert re.search(r'<div class="map-panel" data-map-panel hidden>', page)
    assert 'role="img"' in page


def test_an_invented_town_says_so_and_a_real_one_does_not():
    assert INVENTED in figure(area(), invented=True)
    assert "an invented town" in figure(area(), invented=True)
    assert INVENTED not in figure(area())


def test_nothing_inline_and_nothing_from_the_file_is_markup():
    hostile = """"><script>alert('x')</script>"""
    page = figure(area(label="<i>", name=hostile), city=hostile, credit=hostile) + table(
        area(label="<i>", name=hostile, remarks=[{"heading": hostile, "text": hostile}])
    )

    assert "<script>" not in page
    assert "<i>" not in page
    assert not re.search(r"\sstyle=|\son\w+=", page)
    assert page.count("&lt;script&gt;") >= 5


def test_the_remarks_of_a_real_survey_stay_closed():
    page = table(area("D", "D4", name="Mill Row", remarks="Their words"))

    inside = re.search(r"<details>(.*?)</details>", page, re.DOTALL)
    assert inside
    assert "Their words" in inside.group(1)
    assert "<details open" not in page
    assert page.count("Their words") == 1


def test_the_remarks_of_an_invented_town_are_open():
    page = table(area("D", "D4", remarks="Our words"), invented=True)

    assert "<details" not in page
    assert "Our words" in page


def test_every_area_is_a_row_with_label_grade_in_words_and_name():
    page = words(table(area("C", "C2", name="Mill Row"), area("B", "", rings=[square(-99.9)])))

    assert "C2 C, definitely declining Mill Row" in page
    assert "no label B, still desirable –" in page


@pytest.mark.django_db(databases=["default", "keys"])
class TestTheTablesPage:
    """The page as a signed-out reader gets it."""

    ADDRESS = "/learn/how-redlining-worked/grading-a-city/map/"

    def test_it_shows_every_area_of_the_lessons_map(self, nobody, cast):
        page = nobody.get(self.ADDRESS).text

        shown = RedliningMap.objects.get(slug="riverbend")
        assert page.count('<tr id="area-') == shown.areas.count()
        assert INVENTED in page

    def test_one_grade_alone(self, nobody, cast):
        page = nobody.get(self.ADDRESS, {"grade": "D"}).text

        shown = RedliningMap.objects.get(slug="riverbend")
        assert page.count('<tr id="area-') == shown.counts["D"]

    @pytest.mark.parametrize("grade", ["E", "", "%00", "D" * 5_000, "<b>"])
    def test_no_grade_shows_all(self, nobody, cast, grade):
        answer = nobody.get(self.ADDRESS, {"grade": grade})

        shown = RedliningMap.objects.get(slug="riverbend")
        assert answer.status_code == 200
        assert answer.text.count('<tr id="area-') == shown.areas.count()
