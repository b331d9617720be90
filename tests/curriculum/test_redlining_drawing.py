"""What is read from a map's file, and the picture that is drawn from it."""

import gzip
import math
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from curriculum.redlining import projection
from curriculum.redlining.geojson import MapReading, MapRefused, Place, read_map, read_map_bytes
from curriculum.redlining.simplify import weigh, whole_numbers
from curriculum.redlining.svg import STYLE, draw, swatch
from curriculum.redlining.words import Remark
from tests.curriculum.maps import RIVERBEND, area, as_bytes, square, town

SVG = "{http://www.w3.org/2000/svg}"


def reading_of(
    *features, file_name: str = "elmsworth.geojson", given: Place | None = None, **members
) -> MapReading:
    return read_map_bytes(as_bytes(town(*features, **members)), file_name, given)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def paths(svg: str) -> list[ET.Element]:
    return parsed(svg).findall(f"{SVG}g/{SVG}path")


# Reading


@pytest.mark.parametrize("keys", [("grade", "label"), ("holc_grade", "holc_id")])
def test_both_spellings_of_grade_and_label(keys):
    feature = area(label="")
    feature["properties"] = {keys[0]: " d ", keys[1]: " D12 ", "name": "Mill Row"}

    read = reading_of(feature).areas[0]

    assert (read.grade, read.label, read.name) == ("D", "D12", "Mill Row")


def test_features_without_a_grade_are_left_out_and_counted():
    """The official files hold parks and industry beside the graded areas; one even has no geometry."""
    park = {**area(None, "park"), "geometry": None}

    reading = reading_of(area("B", "B1"), park, area("", "mill"), area("B", "B2"))

    assert [read.label for read in reading.areas] == ["B1", "B2"]
    assert reading.ungraded == 2
    assert reading.counts == {"A": 0, "B": 2, "C": 0, "D": 0}


def test_a_ring_that_was_not_closed_is_closed():
    read = reading_of(area(rings=[square()[:-1]])).areas[0]

    assert read.polygons[0][0] == tuple(map(tuple, square()))


def test_an_outline_that_overshoots_by_a_meter_is_let_pass():
    """Rounding to five decimals does this to digitized outlines; Chicago's area C56 has one."""
    ring = [
        [-100, 40],
        [-99.99, 40],
        [-99.99, 40.01],
        [-99.999, 40.01],
        [-99.999, 39.99999],
        [-100, 40.005],
        [-100, 40],
    ]

    assert len(reading_of(area(rings=[ring])).areas) == 1


def test_a_sliver_that_encloses_nothing_is_dropped_beside_a_real_part():
    sliver = [[-100, 40], [-100, 40], [-99.9999, 40], [-100, 40]]
    feature = {
        **area(),
        "geometry": {"type": "MultiPolygon", "coordinates": [[square()], [sliver]]},
    }

    assert len(reading_of(feature).areas[0].polygons) == 1


def test_rings_that_touch_themselves_and_heights_above_the_sea_are_read():
    eight = [
        [-100, 40],
        [-99.99, 40.01],
        [-99.98, 40],
        [-99.99, 40.01],
        [-99.99, 40.02],
        [-100, 40],
    ]

    assert len(reading_of(area(rings=[[[*point, 180.5] for point in eight]])).areas) == 1


def test_size_on_a_sphere_less_the_hole():
    """A square of a tenth of a degree on the equator measures 11.119 km a side; the hole a tenth of that."""
    outline, hole = square(0, -0.05, 0.1), square(0.04, -0.005, 0.01)

    read = reading_of(area(rings=[outline, hole])).areas[0]

    assert read.area_km2 == pytest.approx(123.64 - 1.2364, abs=0.01)


def test_remarks_of_every_shape():
    """The form's own word for Black people is no heading of ours."""
    texts = {"remarks": ["Old mill.", {"heading": "Trend", "text": "Down"}, 7, None, {"text": ""}]}
    survey = {
        "survey_negro": "None",
        "survey_mortgage_funds": "Limited",
        "survey_infiltration": None,
        "survey_year": 1937,
    }
    own = {"survey_street_trees": "Many"}

    assert reading_of(area(**texts, **survey, **own)).areas[0].remarks == (
        Remark("", "Old mill."),
        Remark("Trend", "Down"),
        Remark("", "7"),
        Remark("Black residents", "None"),
        Remark("Mortgage money", "Limited"),
        Remark("Street trees", "Many"),
    )


@pytest.mark.parametrize(
    ("file_name", "members", "properties", "given", "place"),
    [
        ("a.geojson", {}, {}, Place(), Place("Elmsworth", "MI", 1937)),
        ("a.geojson", {}, {"city": "Ashby", "state": "OH", "survey_year": 1939}, Place(), Place("Elmsworth", "MI", 1937)),
        (
            "a.geojson",
            {"city": None, "state": None, "year": None},
            {"city": "Ashby", "state": "OH", "survey_year": "1939"},
            Place(),
            Place("Ashby", "OH", 1939),
        ),
        (
            "upper-ashby-oh-1938.geojson",
            {"city": None, "state": None, "year": None, "name": "OHUpperAshby1938"},
            {},
            Place(),
            Place("Upper Ashby", "OH", 1938),
        ),
        ("x.geojson", {"city": None, "name": "Elm Park"}, {}, Place(), Place("Elm Park", "MI", 1937)),
        ("a.geojson", {}, {}, Place("Oak", "CA", 1936), Place("Oak", "CA", 1936)),
        ("a.geojson", {"year": None}, {"survey_year": None}, Place(), Place("Elmsworth", "MI", None)),
        ("a.geojson", {"year": "last year"}, {}, Place(), Place("Elmsworth", "MI", None)),
        ("a.geojson", {"year": None}, {"city": "Ashby"}, Place(year=1940), Place("Elmsworth", "MI", 1940)),
    ],
)  # fmt: skip
def test_city_state_and_year(file_name, members, properties, given, place):
    """Options first, then the file, its areas, its name; an unknown year stays unknown."""
    assert (
        reading_of(area(**properties), file_name=file_name, given=given, **members).place == place
    )


def test_only_the_word_true_makes_a_town_invented():
    assert reading_of(area(), invented=True).invented is True
    assert reading_of(area(), invented="yes").invented is False


# Drawing


def test_one_path_for_each_area_with_grade_pattern_and_title():
    drawn = paths(
        draw(reading_of(area("A", "A1", name="Hill"), area("D", "D1", rings=[square(-99.98)]))).svg
    )

    assert [(p.get("data-area"), p.get("data-grade"), p.get("fill"), p[0].text) for p in drawn] == [
        ("0", "A", "url(#map-grade-a)", "A1, Hill"),
        ("1", "D", "url(#map-grade-d)", "D1"),
    ]


def test_a_square_keeps_its_shape_and_north_is_up():
    """At 60 degrees north a degree of longitude is half as long, so 0.02 by 0.01 degrees is a square."""
    ring = [[10, 60], [10.02, 60], [10.02, 60.01], [10, 60.01], [10, 60]]
    drawing = draw(reading_of(area(rings=[ring])))

    assert (drawing.width, drawing.height) == (1000, 1000)
    assert paths(drawing.svg)[0].get("d") == "M10 990l980 0 0-980-980 0z"


def test_a_tall_city_is_narrower_and_not_taller_than_1500():
    drawing = draw(reading_of(area(), area(label="A2", rings=[square(south=40.1)])))

    assert (drawing.width, drawing.height) == (123, 1500)


def test_the_same_file_gives_the_same_drawing():
    one, other = (draw(reading_of(area(), area("C", "C1", rings=[square(-99.99)]))) for _ in "12")

    assert one.svg == other.svg
    assert one.sha256 == other.sha256


def test_names_are_escaped_and_cannot_become_markup():
    name = """</title><script>alert(1)</script>"'&"""
    svg = draw(reading_of(area(label="<b>", name=name))).svg

    assert "<script" not in svg
    assert "<b>" not in svg
    assert paths(svg)[0][0].text == f"<b>, {name}"


def test_the_drawing_is_a_file_that_reaches_for_nothing():
    """One name space, one style element of ours, and no address of anything else."""
    svg = draw(reading_of(area())).svg

    assert not re.search(r"\sstyle=|\son\w+=|href|@import|<script|<image", svg)
    assert re.findall(r"https?:[^\"']*", svg) == ["http://www.w3.org/2000/svg"]
    assert re.findall(r"url\(([^)]*)\)", svg) == ["#map-grade-a"]
    assert re.findall(r"<style>(.*?)</style>", svg, re.DOTALL) == [STYLE]


def test_the_drawing_carries_the_rules_of_the_page_and_follows_the_theme():
    """One style sheet for the picture and for what map.js puts in its place; no comment and no markup goes along."""
    assert "--grade-d:light-dark(#e9a79d,#5e1c18);" in STYLE
    assert "svg:root{color-scheme:light dark}" in STYLE
    assert "@media (forced-colors:active)" in STYLE
    assert not re.search(r"/\*|[<>&]|\n", STYLE)


def test_each_grade_has_a_pattern_of_its_own():
    svg = parsed(draw(reading_of(area())).svg)
    marks = {
        pattern.get("data-grade"): [child.get("d") or child.get("cx") for child in pattern[1:]]
        for pattern in svg.iter(f"{SVG}pattern")
    }

    assert sorted(marks) == ["A", "B", "C", "D"]
    assert len({tuple(drawn) for drawn in marks.values()}) == 4
    assert len({swatch(grade) for grade in "ABCD"}) == 4


def test_an_area_too_small_to_draw_gets_a_mark():
    speck = area("D", "D9", rings=[square(-99.9, side=0.00001)])

    drawn = paths(draw(reading_of(area(rings=[square(side=0.2)]), speck)).svg)

    assert [p.get("data-grade") for p in drawn] == ["A", "D"]
    assert drawn[1].get("d").endswith("l3-3 3 3-3 3z")


def test_an_area_without_label_and_name_is_titled_by_its_grade():
    assert paths(draw(reading_of(area("C", label=""))).svg)[0][0].text == "(C)"


def test_reading_order_goes_by_rows_from_the_upper_left():
    """Two rows, the second a little uneven as real areas are."""
    boxes = [
        (200, 0, 300, 100),
        (0, 4, 100, 104),
        (210, 105, 310, 205),
        (5, 120, 105, 220),
        (105, 100, 205, 200),
    ]

    assert projection.reading_order(boxes) == [1, 0, 3, 4, 2]


def test_simplifying_drops_what_no_eye_sees_and_keeps_a_triangle():
    ring = [(0.0, 0.0), (50.0, 0.01), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]

    assert whole_numbers(ring, weigh(ring), 1.0) == [(0, 0), (100, 0), (100, 100), (0, 100)]
    assert len(whole_numbers(ring, weigh(ring), 10**9)) == 3


def test_a_coast_of_20_000_points_still_fits_30_kb():
    coast = []
    for step in range(20_000):
        angle = 2 * math.pi * step / 20_000
        far = 0.1 + math.sin(step / 20) / 1_000
        coast.append([-100 + far * math.cos(angle), 40 + far * math.sin(angle)])
    drawing = draw(reading_of(area(rings=[coast])))

    assert len(gzip.compress(drawing.svg.encode(), mtime=0)) == drawing.compressed <= 30_000


def test_the_invented_town_of_the_starter_is_whole():
    reading = read_map(RIVERBEND)

    assert reading.invented is True
    assert reading.ungraded == 0
    assert all(reading.counts.values())
    assert all(read.label for read in reading.areas)
    assert draw(reading).compressed < 10_000


@pytest.mark.host
def test_real_cities_are_drawn_within_30_kb_or_refused_by_name():
    """Mapping Inequality's files are not ours to ship. Every file with grades loads, every other one is named."""
    folder = os.environ.get("LODESTAR_HOLC_DIR")
    if not folder:
        pytest.skip("LODESTAR_HOLC_DIR names no folder with real redlining maps.")
    files = sorted(Path(folder).glob("*.geojson"))
    assert files
    for path in files:
        if '"grade"' in path.read_text() or '"holc_grade"' in path.read_text():
            drawing = draw(read_map(path))
            assert drawing.compressed <= 30_000, path.name
            assert len(paths(drawing.svg)) == len(drawing.areas)
        else:
            with pytest.raises(MapRefused, match=f"^{re.escape(path.name)} was not imported: "):
                read_map(path)
