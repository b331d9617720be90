"""Public pages from memory: the same for everybody who is signed out, never for members, gone at the next publish."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.content import current_version, raise_version
from curriculum.models import LessonPage

pytestmark = pytest.mark.django_db
LESSON = "/learn/how-redlining-worked/grading-a-city/"


def queries_of(client, address=LESSON):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return len(asked.captured_queries), answer


@pytest.mark.parametrize(("slug", "queries"), [("grading-a-city", 9), ("underwriting-by-race", 10)])
def test_the_first_reader_after_a_publish_costs_few_queries(cast, nobody, slug, queries):
    """With a map, and with a picture; the links of terms take two of them."""
    address = LESSON.replace("grading-a-city", slug)
    raise_version()
    nobody.get(address)  # the picture is cut to size once
    raise_version()

    cold, _answer = queries_of(nobody, address)

    assert cold <= queries  # one less while the picture's sizes are known to the process


def test_the_second_reader_costs_one_query(cast, nobody):
    raise_version()
    _cold, first = queries_of(nobody)
    warm, second = queries_of(nobody)

    assert warm == 1
    assert second.content == first.content
    ours = {name: value for name, value in first.items() if name not in {"X-Request-ID", "Content-Length"}}  # fmt: skip
    assert {name: second.headers[name] for name in ours} == ours
    assert second.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_what_is_published_is_seen_at_once(cast, nobody):
    nobody.get(LESSON)
    lesson = LessonPage.objects.get(slug="grading-a-city")
    lesson.title = "Grading a town"
    lesson.save_revision().publish()

    assert "Grading a town" in nobody.get(LESSON).text


def test_what_is_taken_back_is_gone_at_once(cast, nobody):
    nobody.get(LESSON)

    LessonPage.objects.get(slug="grading-a-city").unpublish()

    assert nobody.get(LESSON).status_code == 404


def test_a_member_never_gets_a_kept_page_and_never_leaves_one(cast, as_, nobody):
    """A18."""
    page = as_("dev").get(LESSON)
    assert "DB" in page.text
    assert ">Mark as done</button>" in page.text

    assert ">Mark as done</button>" not in nobody.get(LESSON).text
    assert "no-store" in as_("dev").get(LESSON).headers["Cache-Control"]


def test_each_language_has_its_own(cast, nobody):
    english = nobody.get("/help/").text
    spanish = Client(headers={"accept-language": "es"}).get("/help/").text

    assert 'lang="en"' in english
    assert 'lang="es"' in spanish
    assert nobody.get("/help/").text == english


def test_a_page_with_a_query_is_made_anew(cast, nobody):
    nobody.get("/search/?q=x")
    asked, _answer = queries_of(nobody, "/search/?q=x")

    assert asked > 1


def test_a_page_with_a_form_has_its_own_token(cast):
    tokens = {Client().get("/account/login/").cookies["csrftoken"].value for _ in range(3)}

    assert len(tokens) == 3


def test_a_host_that_is_not_ours_gets_no_kept_page(cast, nobody):
    """G8."""
    nobody.get(LESSON)

    assert nobody.get(LESSON, headers={"host": "evil.example"}).status_code == 400


def test_a_version_never_comes_back(cast):
    seen = {current_version(), raise_version(), raise_version(), current_version()}

    assert len(seen) == 3
