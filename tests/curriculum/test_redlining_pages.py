"""The figure in a lesson and the table on its own page: whole without JavaScript, nothing of the file run."""

import re

import pytest
from django.template.loader import render_to_string

from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.actions import store_map
from curriculum.redlining.geojson import read_map_bytes
from curriculum.redlining.svg import draw
from curriculum.redlining.table import Group, table_page
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
        svg_gzip=drawing.packed,
        svg_sha256=drawing.sha256,
        width=drawing.width,
        height=drawing.height,
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
    groups = [Group(g, [a for a in areas if a.grade == g], shown.counts[g]) for g in "ABCD"]
    return "".join(
        render_to_string("curriculum/map_table.html", {"map": shown, "group": group})
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


def test_the_picture_says_the_same_to_who_does_not_see_it():
    shown, _areas = shown_map(area("A"), area("D", rings=[square(-99.9)]))
    page = figure(area("A"), area("D", rings=[square(-99.9)]))

    picture = re.search(r"<img[^>]*>", page)[0]
    assert f'src="/maps/{shown.svg_sha256}.svg"' in picture
    assert f'width="{shown.width}" height="{shown.height}"' in picture
    assert " ".join(re.search(r'alt="([^"]*)"', picture)[1].split()) == (
        "Redlining map of Elmsworth, MI, 1937 – 1 area of grade A, best. 0 areas of grade B, still desirable. "
        "0 areas of grade C, definitely declining. 1 area of grade D, hazardous. "
        "The link below the map leads to the same areas as a table."
    )


def test_a_large_city_weighs_no_more_in_a_lesson_than_a_small_one():
    one = figure(area("A"))
    many = figure(*(area("D", f"D{n}", rings=[square(-100 + n / 50)]) for n in range(99)))

    assert abs(len(many) - len(one)) < 20
    assert len(many) < 8_000


def test_a_real_map_says_that_it_was_redrawn_and_links_to_its_source():
    page = figure(area(), credit="From https://archive.example/maps")

    assert '<a href="https://archive.example/maps" rel="nofollow">' in page
    assert "Redrawn here with fewer points." in page
    assert "Redrawn" not in figure(area(), credit="Drawn by us", invented=True)


def test_controls_that_need_the_script_are_hidden_until_it_runs():
    page = figure(area())

    assert re.search(r'<form class="map-search" role="search" data-map-search hidden>', page)
    assert re.search(r'<div class="map-panel" data-map-panel hidden>', page)


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
    assert page.count("&lt;script&gt;") == 6


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

    def test_what_no_page_or_area_can_be_shows_the_first_page(self, nobody, cast):
        rows = re.findall(r'<tr id="area-\d+">', nobody.get(self.ADDRESS).text)

        for asked in ("page=x", "page=-1", "area=x", "area=9999999999999999999999", "area=-1", "page=&area="):  # fmt: skip
            answer = nobody.get(f"{self.ADDRESS}?{asked}")
            assert answer.status_code == 200
            assert re.findall(r'<tr id="area-\d+">', answer.text) == rows


@pytest.fixture
def large(db) -> RedliningMap:
    """Two hundred and fifty areas with remarks: 40 of grade A, 210 of grade C."""
    features = [
        area("A" if n % 6 == 0 and n < 240 else "C", f"X{n}", rings=[square(-100 + n / 80)], remarks="Their words")
        for n in range(250)
    ]  # fmt: skip
    reading = read_map_bytes(as_bytes(town(*features)), "large.geojson")
    return store_map(reading=reading, drawing=draw(reading), slug="large").map


@pytest.mark.django_db(databases=["default", "keys"])
class TestALargeTable:
    """Paged, so that it stays light; every area is on one page, and is found from the picture."""

    def test_every_area_is_on_one_page_by_grade(self, large):
        pages = [table_page(large, {"page": str(number)}) for number in (1, 2, 3)]

        shown = [[(g.grade, len(g.areas), g.all) for g in page.groups] for page in pages]
        assert shown == [[("A", 40, 40), ("C", 60, 210)], [("C", 100, 210)], [("C", 50, 210)]]
        found = [area.position for page in pages for group in page.groups for area in group.areas]
        assert sorted(found) == list(range(250))
        assert table_page(large, {"page": "4"}).page.number == 3

    def test_one_grade_is_paged_too(self, large):
        page = table_page(large, {"grade": "c", "page": "3"})

        assert (page.grade, [len(group.areas) for group in page.groups]) == ("C", [10])

    def test_the_picture_leads_to_the_page_with_the_areas_row(self, large):
        for position in (0, 1, 100, 249):
            page = table_page(large, {"area": str(position)})
            assert position in {a.position for group in page.groups for a in group.areas}

    def test_it_asks_as_often_for_many_areas_as_for_few(self, large, django_assert_num_queries):
        small = RedliningMap.objects.get(slug="riverbend")

        for shown in (small, large):
            with django_assert_num_queries(4):
                table_page(shown, {"area": "3"})

    def test_the_page_says_which_part_it_shows_and_where_the_others_are(self, large):
        given = {"map": large, "table": table_page(large, {"page": "2", "grade": "C"})}
        page = render_to_string("curriculum/map_pages.html", given)

        assert "Rows 101 to 200 of 210" in words(page)
        assert re.findall(r'href="([^"]*)"', page) == [f"?grade=C&amp;page={n}" for n in (1, 2, 3)]
        group = given["table"].groups[0]
        rows = render_to_string("curriculum/map_table.html", {"map": large, "group": group})
        assert "100 of the 210 areas of grade C; the others are on other pages" in words(rows)
        assert len(rows) < 80_000
