"""Rui draws a map from a file in the admin: whole or not at all, with the reason at the file and nothing typed lost."""

import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.audit import pseudonym
from core.models import AuditEvent
from curriculum.models import MapArea, RedliningMap
from curriculum.redlining.actions import add_map, replace_map
from curriculum.redlining.credit import MAPPING_INEQUALITY
from curriculum.redlining.forms import MapAddForm
from curriculum.redlining.geojson import read_map_bytes
from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.svg import draw
from tests.curriculum.maps import area, as_bytes, square, town

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LIST = "/admin/snippets/curriculum/redliningmap/"
ADD = LIST + "add/"
HILL = area("A", "A1", name="Hill")
MILL = area("D", "D1", rings=[square(-99.98)])


def upload(content=None, name: str = "elmsworth.geojson") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, as_bytes(town(HILL, MILL)) if content is None else content)


def edit_address(shown: RedliningMap) -> str:
    return f"{LIST}edit/{shown.pk}/"


def edited(client, shown: RedliningMap, **changes):
    """The edit form sent with some fields changed, as it stands in the browser."""
    page = client.get(edit_address(shown)).text
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    kept = {"city": shown.city, "state": shown.state, "year": shown.year or "", "credit": shown.credit}  # fmt: skip
    return client.post(edit_address(shown), {**kept, "seen": unescape(seen), **changes})


def said(answer) -> str:
    """The words of the page on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.fixture
def elmsworth(cast) -> RedliningMap:
    """A map that Rui added."""
    reading = read_map_bytes(as_bytes(town(HILL, MILL)), "elmsworth.geojson")
    return add_map(reading=reading, drawing=draw(reading), slug="elmsworth", by=cast["rui"])


# Adding


def test_a_file_alone_is_enough(as_, cast):
    answer = as_("rui").post(ADD, {"file": upload()})

    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    shown = RedliningMap.objects.get(slug="elmsworth")
    assert (shown.city, shown.state, shown.year) == ("Elmsworth", "MI", 1937)
    assert (shown.invented, shown.credit) == (False, MAPPING_INEQUALITY)
    assert [a.label for a in shown.areas.all()] == ["A1", "D1"]


def test_what_is_typed_wins_over_the_file(as_, cast):
    typed = {
        "city": "Oak", "state": "CA", "year": "1936", "credit": "Drawn by us", "slug": "oak", "invented": "on",
    }  # fmt: skip

    as_("rui").post(ADD, {"file": upload(), **typed})

    shown = RedliningMap.objects.get(slug="oak")
    assert (shown.city, shown.state, shown.year) == ("Oak", "CA", 1936)
    assert (shown.invented, shown.credit) == (True, "Drawn by us")


def test_who_added_it_stands_in_both_histories(as_, cast):
    as_("rui").post(ADD, {"file": upload()})

    shown = RedliningMap.objects.get(slug="elmsworth")
    event = AuditEvent.objects.get(verb="map.imported", subject=pseudonym(shown.pk))
    assert event.actor == pseudonym(cast["rui"].pk)
    entry = ModelLogEntry.objects.get(object_id=str(shown.pk))
    assert (entry.action, entry.user) == ("wagtail.create", cast["rui"])


def test_the_map_can_then_be_chosen_in_a_lesson(as_, elmsworth):
    chooser = as_("rui").get(reverse("wagtailsnippetchoosers_curriculum_redliningmap:choose"))

    assert "Elmsworth 1937" in chooser.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty."),
        (b"city,grade\nElmsworth,A\n", "it is no JSON (the mistake is in line 1, column 1)."),
        (b"\x89PNG\r\n", "it is no text in UTF-8, so it is no GeoJSON."),
        (as_bytes(town(HILL, area("E", "E5"))), "feature 2 (E5) has the grade “E”. Grades are A, B, C and D."),
        (
            as_bytes(town(HILL, area("C", "C7", rings=[[[0, 40.5]] * 4]))).replace(b"40.5", b"NaN", 1),
            "feature 2 (C7) holds NaN, which is no number in JSON.",
        ),
        (
            as_bytes(town(HILL, area("C", "C7", rings=[square()[:1] * 200_000]))),
            "feature 2 (C7) is past the limit of 100 000 points a file. Simplify the outlines.",
        ),
        (
            as_bytes(town(HILL, area("C", "C7", rings=[square(-100, 40), square(-99.9, 40)]))),
            "feature 2 (C7) has a hole that reaches outside its outline at longitude -99.9000, latitude 40.0000. "
            "Mend it in a map editor.",
        ),
        (
            as_bytes(town(HILL, city=None)),
            "it does not say which city it shows. Give the city too (on the command line with --city).",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_become_a_map_says_why_and_keeps_what_was_typed(as_, cast, content, reason):  # fmt: skip
    maps, areas = RedliningMap.objects.count(), MapArea.objects.count()

    answer = as_("rui").post(ADD, {"file": upload(content), "state": "MI", "credit": "Drawn by us"})

    assert answer.status_code == 200
    assert f"elmsworth.geojson was not imported: {reason} Nothing was changed." in said(answer)
    assert answer.context["form"].errors.keys() == {"file"}
    assert 'value="MI"' in answer.text
    assert "Drawn by us" in answer.text
    assert (RedliningMap.objects.count(), MapArea.objects.count()) == (maps, areas)


def test_fifty_megabytes_are_refused_by_their_size_alone(as_, cast):
    class Unread(SimpleUploadedFile):
        def read(self, *_args):
            raise AssertionError("The file was read.")

    file = Unread("elmsworth.geojson", b"")
    file.size = 50_000_000
    form = MapAddForm({"city": "Elmsworth"}, {"file": file})

    assert form.errors["file"] == [
        "elmsworth.geojson was not imported: it is larger than 20 MB. Save one city as a file of its own. "
        "Nothing was changed."
    ]


def test_a_real_upload_of_fifty_megabytes(as_, cast):
    answer = as_("rui").post(ADD, {"file": upload(b" " * 50_000_000), "credit": "Drawn by us"})

    assert "it is larger than 20 MB." in said(answer)
    assert "Drawn by us" in answer.text
    assert not RedliningMap.objects.filter(slug="elmsworth").exists()


def test_no_file_at_all(as_, cast):
    answer = as_("rui").post(ADD, {"city": "Elmsworth"})

    assert answer.context["form"].errors == {"file": ["This field is required."]}


@pytest.mark.parametrize("year", ["37", "1799", "2101", "-1937"])
def test_a_year_that_no_survey_has(as_, cast, year):
    answer = as_("rui").post(ADD, {"file": upload(), "year": year})

    assert "year" in answer.context["form"].errors
    assert not RedliningMap.objects.filter(slug="elmsworth").exists()


@pytest.mark.parametrize("typed", ["riverbend", ""])
def test_a_short_name_that_another_map_has_replaces_nothing(as_, cast, typed):
    before = RedliningMap.objects.get(slug="riverbend").svg_sha256

    answer = as_("rui").post(ADD, {"file": upload(name="riverbend.geojson"), "slug": typed})

    assert "Another map has this short name. Choose another one; nothing was changed." in said(answer)  # fmt: skip
    assert RedliningMap.objects.get(slug="riverbend").svg_sha256 == before


def test_a_short_name_that_was_taken_a_moment_ago(cast, elmsworth):
    reading = read_map_bytes(as_bytes(town(MILL)), "elmsworth.geojson")

    with pytest.raises(MapRefused) as caught:
        add_map(reading=reading, drawing=draw(reading), slug="elmsworth", by=cast["rui"])

    assert str(caught.value) == (
        "elmsworth.geojson was not imported: the short name “elmsworth” belongs to another map. Choose another one. "
        "Nothing was changed."
    )
    assert RedliningMap.objects.get(slug="elmsworth").areas.count() == 2


def test_a_file_name_that_gives_no_short_name(as_, cast):
    answer = as_("rui").post(ADD, {"file": upload(name="地図.geojson")})

    assert answer.context["form"].errors == {
        "slug": ["The file’s name gives no short name. Type one."]
    }


# Correcting


def test_words_are_corrected_and_the_drawing_stays(as_, elmsworth):
    edited(as_("rui"), elmsworth, city="Elmsworth Falls", year="", credit="The county archive")

    now = RedliningMap.objects.get(pk=elmsworth.pk)
    assert (now.city, now.year, now.credit) == ("Elmsworth Falls", None, "The county archive")
    assert (now.slug, now.svg_sha256) == ("elmsworth", elmsworth.svg_sha256)
    assert AuditEvent.objects.filter(verb="map.corrected").count() == 1


def test_a_credit_that_was_emptied_comes_back_as_the_license_asks(as_, elmsworth):
    edited(as_("rui"), elmsworth, credit="")

    assert RedliningMap.objects.get(pk=elmsworth.pk).credit == MAPPING_INEQUALITY


def test_a_new_file_replaces_drawing_and_table_and_keeps_the_words(as_, elmsworth):
    new = upload(as_bytes(town(area("B", "B1"), city="Somewhere else")))

    edited(as_("rui"), elmsworth, city="Elmsworth Falls", file=new)

    now = RedliningMap.objects.get(pk=elmsworth.pk)
    assert (now.city, now.slug, now.counts["B"]) == ("Elmsworth Falls", "elmsworth", 1)
    assert now.svg_sha256 != elmsworth.svg_sha256
    assert [a.label for a in now.areas.all()] == ["B1"]


def test_a_wrong_new_file_leaves_everything(as_, elmsworth):
    answer = edited(as_("rui"), elmsworth, city="Elmsworth Falls", file=upload(b"{}"))

    assert "elmsworth.geojson was not imported: it is no GeoJSON FeatureCollection." in said(answer)
    assert 'value="Elmsworth Falls"' in answer.text
    now = RedliningMap.objects.get(pk=elmsworth.pk)
    assert (now.city, now.svg_sha256) == ("Elmsworth", elmsworth.svg_sha256)


def test_an_invented_town_stays_one_whatever_is_sent(as_, cast):
    """Neither the form nor a new file without the word takes the mark away."""
    riverbend = RedliningMap.objects.get(slug="riverbend")

    edited(as_("rui"), riverbend, invented="", city="Riverbend")
    edited(as_("rui"), RedliningMap.objects.get(pk=riverbend.pk), file=upload())

    now = RedliningMap.objects.get(pk=riverbend.pk)
    assert (now.invented, now.counts["D"]) == (True, 1)


def test_two_editors_at_once_the_second_is_told_and_may_save_again(as_, elmsworth):
    rui = as_("rui")
    seen = elmsworth.imported_at.isoformat()
    edited(as_("ana"), elmsworth, credit="Ana’s archive")
    typed = {"city": "Elmsworth", "state": "MI", "year": "1937", "credit": "Rui’s archive"}

    told = rui.post(edit_address(elmsworth), {**typed, "seen": seen})

    assert "Somebody else saved this map while you had it open." in said(told)
    assert "Rui’s archive" in told.text
    assert RedliningMap.objects.get(pk=elmsworth.pk).credit == "Ana’s archive"
    again = re.search(r'name="seen" value="([^"]*)"', told.text)[1]
    rui.post(edit_address(elmsworth), {**typed, "seen": unescape(again)})
    assert RedliningMap.objects.get(pk=elmsworth.pk).credit == "Rui’s archive"


# Who, and the list


@pytest.mark.parametrize(
    ("person", "status"), [("dev", 403), ("mo", 403), ("rui", 302), ("ana", 302), ("gus", 302)]
)
def test_editors_and_the_backbone_team_add_maps(as_, cast, person, status):
    assert as_(person).post(ADD, {"file": upload()}).status_code == status
    assert RedliningMap.objects.filter(slug="elmsworth").exists() is (status == 302)


def test_the_action_asks_again(cast, elmsworth):
    reading = read_map_bytes(as_bytes(town(MILL)), "elmsworth.geojson")

    with pytest.raises(PermissionDenied):
        replace_map(shown=elmsworth, reading=reading, drawing=draw(reading), by=cast["mo"])

    assert elmsworth.areas.count() == 2


def test_the_list_says_what_each_map_is_and_where_it_is_shown(as_, elmsworth):
    words = said(as_("rui").get(LIST))

    assert "Elmsworth" in words
    assert re.search(r"MI 1937 2 – elmsworth", words)
    assert re.search(
        r"1938 17 Grading a city, What historians still argue about yes riverbend", words
    )


def test_the_list_costs_the_same_however_long_it_is(as_, cast, elmsworth, django_assert_num_queries):  # fmt: skip
    rui = as_("rui")
    rui.get(LIST)
    with django_assert_num_queries(14):
        rui.get(LIST)
    for number in range(3):
        reading = read_map_bytes(as_bytes(town(MILL)), "elmsworth.geojson")
        add_map(reading=reading, drawing=draw(reading), slug=f"more-{number}", by=cast["rui"])
    rui.get(LIST)  # a new map renews what is kept
    with django_assert_num_queries(14):
        rui.get(LIST)


def test_the_edit_page_shows_the_drawing_and_offers_no_invented_box(as_, elmsworth):
    page = as_("rui").get(edit_address(elmsworth)).text

    assert f'src="/maps/{elmsworth.svg_sha256}.svg"' in page
    assert 'name="invented"' not in page
    assert 'name="slug"' not in page
    assert 'enctype="multipart/form-data"' in page
