"""Every file that cannot become a map is refused with a sentence: the file, the feature, the reason."""

import json
import math
import time

import pytest

from curriculum.redlining.geojson import MapRefused, read_map, read_map_bytes
from curriculum.redlining.svg import draw
from tests.curriculum.maps import area, as_bytes, saved, square, town

NUMBERLESS = "has coordinates that are no pairs of numbers."
FEW = "has a ring of fewer than four points, which encloses nothing."


def refusal(content: bytes, name: str = "elmsworth.geojson") -> str:
    with pytest.raises(MapRefused) as caught:
        read_map_bytes(content, name)
    return str(caught.value)


def of_file(reason: str) -> str:
    return f"elmsworth.geojson was not imported: {reason} Nothing was changed."


def of_area(reason: str) -> str:
    return of_file(f"feature 2 (C7) {reason}")


def refusal_of_area(**given) -> str:
    """What is said of a file whose first area is right and whose second is this one."""
    return refusal(as_bytes(town(area(), area(label="C7", grade=given.pop("grade", "C"), **given))))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty."),
        (b" \n\t ", "it is empty."),
        (b"\xff\xfe\x00\x01", "it is no text in UTF-8, so it is no GeoJSON."),
        (b"<kml></kml>", "it is no JSON (the mistake is in line 1, column 1)."),
        (b'{"type":\n "FeatureCollection",\n}', "it is no JSON (the mistake is in line 3, column 1)."),
        (b'{"type": "FeatureCollection", "x": NaN}', "it holds NaN, which is no number in JSON."),
        (b'{"x": Infinity}', "it holds Infinity, which is no number in JSON."),
        (b'{"x": -Infinity}', "it holds -Infinity, which is no number in JSON."),
        (b"[" * 100_000, "it is nested too deeply to be a map."),
        (b'{"a":' * 100_000, "it is nested too deeply to be a map."),
        (b"[" + b"9" * 5_000 + b"]", "it holds a number that is too long."),
        (b"[]", "it is no GeoJSON FeatureCollection."),
        (b"null", "it is no GeoJSON FeatureCollection."),
        (b'{"type": "Topology", "features": []}', "it is no GeoJSON FeatureCollection."),
        (b'{"type": "FeatureCollection"}', "it is no GeoJSON FeatureCollection."),
        (b'{"type": "FeatureCollection", "features": {}}', "it is no GeoJSON FeatureCollection."),
        (b'{"type": "FeatureCollection", "features": []}', "it has no features."),
        (
            as_bytes(town(area(None), area(""))),
            "none of its 2 features has a grade (A to D), so it is no redlining map.",
        ),
        (
            as_bytes(town(area(), area(city="Ashby"), area(city="Birchton"), city=None)),
            "it holds areas of several cities (Ashby, Birchton). Save one city as a file of its own.",
        ),
        (
            as_bytes(town(area(year=1937), area(year=1939), year=None)),
            "it names several years. Give the one that counts (on the command line with --year).",
        ),
        (as_bytes(town(area(), city=None)), "it does not say which city it shows. Give the city too (on the command line with --city)."),
        (
            as_bytes(town(area(), area(rings=[square(west=-90)]))),
            "its areas lie too far apart to be one city.",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_map(content, reason):
    assert refusal(content) == of_file(reason)


def test_a_file_larger_than_20_mb():
    assert refusal(b" " * 20_000_001) == of_file(
        "it is larger than 20 MB. Save one city as a file of its own."
    )


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(MapRefused) as caught:
        read_map(tmp_path / "elmsworth.geojson")

    assert str(caught.value) == of_file("it cannot be read (No such file or directory).")


def test_a_folder_in_place_of_a_file(tmp_path):
    (tmp_path / "elmsworth.geojson").mkdir()

    with pytest.raises(MapRefused) as caught:
        read_map(tmp_path / "elmsworth.geojson")

    assert str(caught.value) == of_file("it cannot be read (Is a directory).")


@pytest.mark.parametrize(
    ("rings", "reason"),
    [
        ([], "has no coordinates."),
        ({}, "has no coordinates."),
        ([7], NUMBERLESS),
        ([[7, 8, 9, 10]], NUMBERLESS),
        ([[["-100", "40"]] * 4], NUMBERLESS),
        ([[[True, False]] * 4], NUMBERLESS),
        ([[[-100.0]] * 4], NUMBERLESS),
        ([[]], FEW),
        ([square()[:2]], FEW),
        ([[[-100, 40], [-99.99, 40], [-100, 40]]], FEW),
        (
            [[[-100, 40], [-99.99, 40.01], [-99.98, 40.02], [-100, 40]]],
            "has an outline that encloses nothing: its points lie on one line.",
        ),
        (
            [[[-100, 40], [-99.99, 40.01], [-99.99, 40], [-100, 40.01], [-100, 40]]],
            "has an outline that crosses itself near longitude -99.9950, latitude 40.0050. Mend it in a map editor.",
        ),
        (
            [[[179.99, 40], [-179.99, 40], [-179.99, 40.01], [179.99, 40.01], [179.99, 40]]],
            "reaches over the date line (180 degrees), which this map cannot draw.",
        ),
        (
            [[[-100, 40], [-99, 95], [-98, 40], [-100, 40]]],
            "has a point at -99, 95, which is nowhere on Earth. Coordinates are longitude and latitude in "
            "degrees (WGS 84).",
        ),
        (
            [[[-11131949.0, 4865942.0], [0, 0], [1, 1], [2, 0]]],
            "has a point at -1.11319e+07, 4.86594e+06, which is nowhere on Earth. Coordinates are longitude and "
            "latitude in degrees (WGS 84).",
        ),
    ],
)  # fmt: skip
def test_an_area_with_a_wrong_outline(rings, reason):
    assert refusal_of_area(rings=rings) == of_area(reason)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_where_it_stands(word):
    """In a coordinate, and in a word about an area that has no grade and is not drawn."""
    coordinate = as_bytes(town(area(), area("C", "C7", rings=[[[0, 40.5]] * 4])))
    word_about = as_bytes(town(area(), area(None, "C7", area_km2=40.5)))

    for content in (coordinate, word_about):
        said = refusal(content.replace(b"40.5", word.encode(), 1))
        assert said == of_area(f"holds {word}, which is no number in JSON.")


def test_what_is_no_number_deep_inside_a_feature_without_a_name():
    content = as_bytes(town(area(), {"deep": [[[{"x": 40.5}]]]})).replace(b"40.5", b"NaN")

    assert refusal(content) == of_file("feature 2 holds NaN, which is no number in JSON.")


HOLED = square(-100, 40, 0.03)


@pytest.mark.parametrize(
    ("holes", "reason"),
    [
        (
            [square(-99.9, 40.01)],
            "has a hole that reaches outside its outline at longitude -99.9000, latitude 40.0100. Mend it in a map editor.",
        ),
        (
            [square(-99.98, 40.025)],
            "has a hole that crosses its outline near longitude -99.9800, latitude 40.0300. Mend it in a map editor.",
        ),
        (
            [square(-99.995, 40.005), square(-99.99, 40.01)],
            "has two holes that cross each other near longitude -99.9900, latitude 40.0150. Mend them in a map editor.",
        ),
        (  # in and out through two points that lie upon the outline
            [[[-99.98, 40.02], [-99.97, 40.018], [-99.96, 40.02], [-99.97, 40.022], [-99.98, 40.02]]],
            "has a hole that reaches outside its outline at longitude -99.9600, latitude 40.0200. Mend it in a map editor.",
        ),
        ([HOLED], "has holes as large as its outline, so that nothing of it is left."),
    ],
)  # fmt: skip
def test_a_hole_where_none_can_be(holes, reason):
    assert refusal_of_area(rings=[HOLED, *holes]) == of_area(reason)


def test_holes_that_touch_the_outline_and_each_other_are_read():
    """A corner upon the west side, and one point in common: both holes are drawn."""
    one = [[-100, 40.015], [-99.99, 40.01], [-99.985, 40.015], [-99.99, 40.02], [-100, 40.015]]
    other = square(-99.985, 40.015, 0.005)

    read = read_map_bytes(as_bytes(town(area(rings=[HOLED, one, other]))), "a.geojson").areas[0]

    assert len(read.polygons[0]) == 3


def test_a_hole_is_looked_for_in_its_own_part_alone():
    """A hole of the second part that lies in the first part is outside of its outline."""
    parts = {"type": "MultiPolygon", "coordinates": [[HOLED], [square(-99.9), square(-99.99, 40.01)]]}  # fmt: skip

    assert "has a hole that reaches outside its outline" in refusal(
        as_bytes(town({**area(), "geometry": parts}))
    )


def test_holes_of_too_many_points_are_refused_within_seconds():
    """Four thousand small holes in an outline of four thousand points."""
    circle = [
        [-100 + math.cos(turn / 2_000 * math.pi) / 10, 40 + math.sin(turn / 2_000 * math.pi) / 10]
        for turn in range(4_000)
    ]
    holes = [square(-100 + n / 100_000, 40, 0.000005) for n in range(4_000)]
    before = time.process_time()

    said = refusal_of_area(rings=[[*circle, circle[0]], *holes])

    assert said == of_area("has holes of too many points to be checked. Simplify them in a map editor.")  # fmt: skip
    assert time.process_time() - before < 10


@pytest.mark.parametrize("number", ["1e999", "1" * 400])
def test_a_coordinate_too_large_to_be_a_number(number):
    content = as_bytes(town(area(), area("C", "C7", rings=[[[0, 40.5]] * 4]))).replace(
        b"[0, 40.5]", b"[" + number.encode() + b", 40.5]"
    )

    assert refusal(content) == of_area("has a coordinate that is too large to be a number.")


@pytest.mark.parametrize(
    "geometry",
    [None, [], "Polygon", {"type": "Point", "coordinates": [0, 0]}, {"type": "GeometryCollection"}, {"type": []}],
)  # fmt: skip
def test_an_area_that_is_no_polygon(geometry):
    wrong = {**area("C", "C7"), "geometry": geometry}

    assert refusal(as_bytes(town(area(), wrong))) == of_area(
        "has no Polygon or MultiPolygon as its geometry."
    )


@pytest.mark.parametrize(("grade", "said"), [("E", "E"), ("AB", "AB"), (4, "4"), ("<b>", "<B>")])
def test_a_grade_that_nobody_gave(grade, said):
    assert refusal_of_area(grade=grade) == of_area(
        f"has the grade “{said}”. Grades are A, B, C and D."
    )


@pytest.mark.parametrize("grade", [[], {}, True, False, "\u202e"])
def test_a_grade_that_is_no_letter(grade):
    assert refusal_of_area(grade=grade) == of_area(
        "has a grade that is no letter. Grades are A, B, C and D."
    )


@pytest.mark.parametrize("feature", [None, 7, [], {}, {"type": "Polygon"}])
def test_something_among_the_features_that_is_none(feature):
    assert refusal(as_bytes(town(area(), feature))) == of_file("feature 2 is no GeoJSON Feature.")


def test_an_area_without_a_label_is_named_by_its_number():
    assert refusal(as_bytes(town(area(rings=[[]], label="")))) == of_file(f"feature 1 {FEW}")


def test_the_point_after_100_000():
    """Corners written many times over: the points as written count."""
    west_side, others = square()[:1], square()[1:]

    most = as_bytes(town(area("C", "C7", rings=[west_side * 99_996 + others])))
    assert len(read_map_bytes(most, "a.geojson").areas) == 1

    more = as_bytes(town(area(), area("C", "C7", rings=[west_side * 99_996 + others])))
    assert refusal(more) == of_area(
        "is past the limit of 100 000 points a file. Simplify the outlines."
    )


def test_a_comb_made_to_be_slow_is_refused_within_seconds():
    """Twenty thousand long teeth: comparing every pair would take minutes."""
    teeth = [[-100 + (step % 2) * 0.1, 40 + step / 1_000_000] for step in range(40_000)]
    ring = [*teeth, [-101, 41], [-101, 40], teeth[0]]
    before = time.process_time()

    said = refusal_of_area(rings=[ring])

    assert said == of_area("has outlines too tangled to be checked. Simplify them in a map editor.")
    assert time.process_time() - before < 10


def test_a_crossing_is_found_in_a_second_part_and_in_a_hole():
    bow = [[-100, 40], [-99.99, 40.01], [-99.99, 40], [-100, 40.01], [-100, 40]]
    parts = {"type": "MultiPolygon", "coordinates": [[square()], [bow]]}

    assert "crosses itself" in refusal(as_bytes(town({**area(), "geometry": parts})))
    assert "crosses itself" in refusal(as_bytes(town(area(rings=[square(-101, 39, 2), bow]))))


def test_more_areas_than_a_drawing_of_30_kb_can_hold(tmp_path):
    """Names that do not compress: no sketch is coarse enough."""
    features = [
        area(
            label=f"D{number}",
            grade="D",
            name=f"{number**9:x}" * 2,
            rings=[square(-100 + number / 900)],
        )
        for number in range(1_500)
    ]
    reading = read_map(saved(tmp_path, town(*features)))

    with pytest.raises(MapRefused) as caught:
        draw(reading)

    assert str(caught.value) == of_file(
        "its 1500 areas do not fit into a drawing of 30 KB. Save one city as a file of its own."
    )


def test_a_name_of_lone_surrogates_and_control_characters_is_cleaned():
    content = json.dumps(town(area(name="North\ud800\x00 \u202eBend\n\n"))).encode()

    assert read_map_bytes(content, "a.geojson").areas[0].name == "North Bend"
