"""`import_redlining_map`: a city is stored whole, stored again for nothing, replaced when corrected, or refused."""

import io
import json
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import User
from core.models import AuditEvent
from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.actions import store_map
from curriculum.redlining.credit import MAPPING_INEQUALITY
from curriculum.redlining.geojson import read_map
from curriculum.redlining.svg import draw
from tests.curriculum.maps import area, as_bytes, saved, square, town

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

STARTER_MAPS = 1  # the demonstration has read the starter's own map
HILL = area("A", "A1", name="Hill")
MILL = area("D", "D1", rings=[square(-99.98)], remarks=[{"heading": "Trend", "text": "Down"}])


@pytest.fixture(autouse=True)
def _no_other_map(db):
    RedliningMap.objects.all().delete()


def imported(*paths, **options) -> tuple[int, str, str]:
    """Exit code, what is printed, and what is printed as an error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(
            "import_redlining_map",
            *map(str, paths),
            stdout=out,
            stderr=err,
            no_color=True,
            **options,
        )
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def rows() -> list[tuple]:
    return list(MapArea.objects.values_list("position", "label", "grade", "name", "remarks"))


def test_a_map_is_stored_with_its_areas_in_reading_order(tmp_path):
    code, said, wrong = imported(
        saved(tmp_path, town(MILL, HILL, area(None), credit="Drawn by us", invented=True))
    )

    assert (code, wrong) == (0, "")
    assert said.splitlines()[:2] == ["Reading elmsworth.geojson.", "Drawing 2 areas."]
    assert "Elmsworth 1937 is stored as “elmsworth”: areas by grade A 1, B 0, C 0, D 1;" in said
    assert "1 feature without a grade was left out." in said
    shown = RedliningMap.objects.get()
    assert (shown.slug, shown.city, shown.state, shown.year) == (
        "elmsworth",
        "Elmsworth",
        "MI",
        1937,
    )
    assert (shown.invented, shown.credit) == (True, "Drawn by us")
    assert (shown.width, shown.height) == (1000, 446)
    assert shown.counts == {"A": 1, "B": 0, "C": 0, "D": 1}
    assert rows() == [
        (0, "A1", "A", "Hill", []),
        (1, "D1", "D", "", [{"heading": "Trend", "text": "Down"}]),
    ]
    assert [str(area.area_km2) for area in shown.areas.all()] == ["0.947", "0.947"]


def test_the_second_time_there_is_nothing_to_do(tmp_path):
    path = saved(tmp_path, town(HILL, MILL))
    imported(path)
    before = RedliningMap.objects.get().imported_at

    code, said, _wrong = imported(path, verbosity=0)

    assert (code, said) == (2, "Elmsworth 1937 is stored just so already.\n")
    assert RedliningMap.objects.get().imported_at == before
    assert AuditEvent.objects.filter(verb="map.imported").count() == 1 + STARTER_MAPS


def test_a_corrected_file_replaces_picture_and_areas_and_keeps_the_id(tmp_path):
    imported(saved(tmp_path, town(HILL, MILL)))
    before = RedliningMap.objects.get()

    code, _said, _wrong = imported(saved(tmp_path, town(area("B", "B1"))))

    after = RedliningMap.objects.get()
    assert code == 0
    assert (after.pk, after.counts["B"]) == (before.pk, 1)
    assert after.svg_sha256 != before.svg_sha256
    assert rows() == [(0, "B1", "B", "", [])]


def test_a_corrected_remark_is_no_nothing(tmp_path):
    """The picture stays the same, byte by byte; the table does not."""
    imported(saved(tmp_path, town(area(remarks="Old"))))
    before = RedliningMap.objects.get().svg_sha256

    code, _said, _wrong = imported(saved(tmp_path, town(area(remarks="New"))))

    assert code == 0
    assert RedliningMap.objects.get().svg_sha256 == before
    assert MapArea.objects.get().remarks == [{"heading": "", "text": "New"}]


def test_a_refused_file_changes_nothing(tmp_path):
    imported(saved(tmp_path, town(HILL, MILL)))
    before = rows()

    code, _said, wrong = imported(saved(tmp_path, town(HILL, area("E", "E5"))))

    assert code == 1
    assert wrong == (
        "elmsworth.geojson was not imported: feature 2 (E5) has the grade “E”. Grades are A, B, C and D. "
        "Nothing was changed.\n"
    )
    assert rows() == before


def test_what_fails_half_way_leaves_the_old_map_whole(tmp_path):
    """A grade that the table's rule forbids is found out only after the old areas are gone."""
    path = saved(tmp_path, town(HILL, MILL))
    imported(path)
    before = rows(), RedliningMap.objects.get().source_sha256
    reading = read_map(saved(tmp_path, town(area("C", "C1"))))
    drawing = draw(reading)
    broken = replace(drawing, areas=(replace(drawing.areas[0], grade="Z"),))

    with pytest.raises(IntegrityError):
        store_map(reading=reading, drawing=broken, slug="elmsworth")

    assert (rows(), RedliningMap.objects.get().source_sha256) == before


def test_options_win_over_the_file(tmp_path):
    path = saved(tmp_path, town(HILL), "Some File (1).geojson")

    assert imported(path, slug="Oak Town", city="Oak", state="CA", year=1936)[0] == 0

    shown = RedliningMap.objects.get()
    assert (shown.slug, shown.city, shown.state, shown.year) == ("oak-town", "Oak", "CA", 1936)


def test_the_short_name_comes_from_the_files_name(tmp_path):
    imported(saved(tmp_path, town(HILL), "Some File (1).geojson"))

    assert RedliningMap.objects.get().slug == "some-file-1"


def test_a_file_name_that_gives_no_short_name(tmp_path):
    code, _said, wrong = imported(saved(tmp_path, town(HILL), "地図.geojson"))

    assert code == 1
    assert wrong == (
        "地図.geojson was not imported: its name gives no short name. Give one with --slug. Nothing was changed.\n"
    )


def test_an_unknown_year_stays_unknown_and_is_said(tmp_path):
    code, said, _wrong = imported(saved(tmp_path, town(HILL, year=None)))

    assert code == 0
    assert "No source names the year of the survey; --year adds it." in said
    assert RedliningMap.objects.get().year is None
    assert str(RedliningMap.objects.get()) == "Elmsworth"


@pytest.mark.parametrize(
    ("members", "given", "credit"),
    [
        ({}, {}, MAPPING_INEQUALITY),
        ({"credit": " "}, {}, MAPPING_INEQUALITY),
        ({"credit": "Drawn by us"}, {}, "Drawn by us"),
        ({"attribution": "Drawn by them"}, {}, "Drawn by them"),
        ({"credit": "Drawn by us"}, {"credit": "Drawn by all"}, "Drawn by all"),
        ({"invented": True}, {}, ""),
        ({"invented": True}, {"credit": "Invented by us"}, "Invented by us"),
    ],
)
def test_a_real_map_is_never_without_a_credit(tmp_path, members, given, credit):
    """The official download has no word about its license; the license asks for one."""
    imported(saved(tmp_path, town(HILL, **members)), **given)

    assert RedliningMap.objects.get().credit == credit


def test_the_credit_of_mapping_inequality_names_its_license():
    assert MAPPING_INEQUALITY.endswith("CC BY-NC-SA 4.0")
    assert "https://dsl.richmond.edu/panorama/redlining/" in MAPPING_INEQUALITY


def test_several_cities_at_once_and_a_refused_one_keeps_no_other_out(tmp_path):
    one = saved(tmp_path, town(HILL), "one.geojson")
    wrong = saved(tmp_path, b"", "wrong.geojson")
    two = saved(tmp_path, town(MILL, city="Ashby"), "two.geojson")

    assert imported(one, wrong, two)[0::2] == (
        1, "wrong.geojson was not imported: it is empty. Nothing was changed.\n",
    )  # fmt: skip
    assert list(RedliningMap.objects.values_list("slug", flat=True)) == ["two", "one"]
    assert imported(one, two)[0] == 2


def test_what_is_said_of_one_city_is_not_taken_for_several(tmp_path):
    one, two = (saved(tmp_path, town(HILL), f"{name}.geojson") for name in ("one", "two"))

    with pytest.raises(CommandError) as caught:
        imported(one, two, year=1936)

    assert str(caught.value) == "--slug, --city, --state and --year are for one file. Nothing was changed."  # fmt: skip
    assert caught.value.returncode == 1
    assert RedliningMap.objects.count() == 0


def test_the_same_file_again_leaves_what_an_editor_corrected(tmp_path):
    """Every start reads the starter's own map again."""
    path = saved(tmp_path, town(HILL))
    imported(path)
    RedliningMap.objects.update(year=1938, credit="The county archive", invented=True)

    assert imported(path)[0] == 2
    assert imported(path, credit="The state archive")[0] == 0

    shown = RedliningMap.objects.get()
    assert (shown.year, shown.credit, shown.invented) == (1938, "The state archive", True)


def test_a_corrected_file_brings_its_own_words(tmp_path):
    imported(saved(tmp_path, town(HILL)))
    RedliningMap.objects.update(year=1938)

    imported(saved(tmp_path, town(HILL, MILL)))

    assert RedliningMap.objects.get().year == 1937


def test_only_an_editor_may_store_a_map_in_person(tmp_path):
    reading = read_map(saved(tmp_path, town(HILL)))
    member = User(email="someone@elmsworth.example", chosen_name="Someone")
    member.save()

    with pytest.raises(PermissionDenied):
        store_map(reading=reading, drawing=draw(reading), slug="elmsworth", by=member)

    assert RedliningMap.objects.count() == 0


def test_a_second_city_beside_the_first(tmp_path):
    imported(saved(tmp_path, town(HILL), "one.geojson"))
    imported(saved(tmp_path, town(MILL, city="Ashby"), "two.geojson"))

    assert list(RedliningMap.objects.values_list("city", "slug")) == [
        ("Ashby", "two"),
        ("Elmsworth", "one"),
    ]


def test_storing_asks_as_often_for_three_areas_as_for_one(tmp_path, django_assert_num_queries):
    for count in (1, 3):
        features = [area(label=f"A{n}", rings=[square(-100 + n / 50)]) for n in range(count)]
        reading = read_map(saved(tmp_path, json.loads(as_bytes(town(*features)))))
        with django_assert_num_queries(11):
            store_map(reading=reading, drawing=draw(reading), slug=f"with-{count}")
