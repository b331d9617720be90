"""The drawing at its own address: named by its content, kept by browsers for good, packed only for who takes it so."""

import gzip
import re
from hashlib import sha256

import pytest
from wagtail.models import PageViewRestriction

from curriculum.models import LessonPage, RedliningMap
from curriculum.redlining.actions import store_map
from curriculum.redlining.geojson import read_map_bytes
from curriculum.redlining.svg import draw
from tests.curriculum.maps import area, as_bytes, town

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LESSON = "/learn/how-redlining-worked/grading-a-city/"


@pytest.fixture
def address(cast) -> str:
    """The address that the lesson's page names."""
    return f"/maps/{RedliningMap.objects.get(slug='riverbend').svg_sha256}.svg"


def test_the_lesson_names_the_address_and_does_not_hold_the_drawing(nobody, address):
    page = nobody.get(LESSON).text

    assert re.findall(r'<img class="map-drawing" src="([^"]*)"', page) == [address]
    assert "data-area=" not in page


def test_a_members_lesson_with_a_map_is_light(as_, cast):
    """Row 11: at most 40 KB of HTML."""
    assert len(as_("dev").get(LESSON).content) < 40_000


def test_the_address_names_the_content(nobody, address):
    answer = nobody.get(address)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert address == f"/maps/{sha256(answer.content).hexdigest()}.svg"
    assert answer.content.startswith(b"<svg ")


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br;q=1.0, GZIP;q=0.8, *;q=0.1", True),
        ("gzip;q=0.001", True),
        ("", False),
        ("identity", False),
        ("br, deflate", False),
        ("gzip;q=0", False),
        ("br, gzip; q=0.0", False),
    ],
)
def test_it_is_packed_only_for_who_takes_it_so(nobody, address, accepted, packed):
    answer = nobody.get(address, headers={"accept-encoding": accepted})

    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert answer.headers["Vary"] == "Accept-Encoding"
    content = gzip.decompress(answer.content) if packed else answer.content
    assert content == nobody.get(address).content


def test_who_takes_no_gzip_gets_none_after_somebody_who_does(nobody, address):
    """Nothing in between keeps the packed answer for the next reader."""
    for accepted, begins in (("gzip", b"\x1f\x8b"), ("", b"<svg "), ("gzip", b"\x1f\x8b")):
        answer = nobody.get(address, headers={"accept-encoding": accepted})
        assert answer.content.startswith(begins)


@pytest.mark.parametrize("person", ["nobody", "dev", "rui"])
def test_every_browser_keeps_it_for_good_and_learns_nothing(as_, nobody, address, person):
    """Also a member's, whose pages are otherwise kept by nobody: no cookie, no language, no name."""
    answer = (nobody if person == "nobody" else as_(person)).get(address)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert dict(answer.cookies) == {}


def test_it_may_use_its_own_rules_and_nothing_else(nobody, address):
    policy = nobody.get(address).headers["Content-Security-Policy"]

    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; frame-ancestors 'none'; sandbox",
        policy,
    )


@pytest.mark.parametrize("name", ["0" * 64, "riverbend", "x"])
def test_any_other_name_is_a_404(nobody, cast, name):
    assert nobody.get(f"/maps/{name}.svg").status_code == 404


def test_it_is_only_read(nobody, address):
    assert nobody.post(address).status_code == 405
    assert nobody.head(address).status_code == 200


def test_it_takes_one_query(nobody, address, django_assert_num_queries):
    with django_assert_num_queries(1):
        nobody.get(address)


def test_a_replaced_drawing_has_another_address_and_the_lesson_names_it(nobody, address):
    nobody.get(LESSON)
    reading = read_map_bytes(as_bytes(town(area("D", "D1"), invented=True)), "riverbend.geojson")

    stored = store_map(reading=reading, drawing=draw(reading), slug="riverbend").map

    assert f"/maps/{stored.svg_sha256}.svg" in nobody.get(LESSON).text
    assert nobody.get(address).status_code == 404


def test_a_map_stays_public_when_its_lesson_is_for_members(nobody, address):
    """Maps are published content of their own; the lesson around one may be closed."""
    lesson = LessonPage.objects.get(slug="grading-a-city")
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")

    assert nobody.get(LESSON).status_code == 302
    assert nobody.get(address).status_code == 200
