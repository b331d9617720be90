"""Search finds lessons and terms, answers plainly to what is no word, and never names what is private."""

import pytest

from curriculum.models import LessonPage
from curriculum.search import words_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_word_of_a_lesson_finds_it(nobody, cast):
    page = nobody.get("/search/", {"q": "underwriting"})

    assert "/learn/how-redlining-worked/underwriting-by-race/" in page.text


def test_a_term_is_found_by_its_name(nobody, cast):
    page = nobody.get("/search/", {"q": "Structural racism"})

    assert 'href="/glossary/structural-racism/"' in page.text


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        "%00",
        "\x00",
        "(",
        "AND",
        "NEAR(",
        "*",
        "\\",
        "9" * 400,
        "a" * 100_000,
        "<b>",
        "%",
        "_",
    ],
)
def test_what_is_no_word_is_a_plain_answer(nobody, cast, words):
    """Row G1."""
    assert nobody.get("/search/", {"q": words[:3000]}).status_code == 200


def test_nothing_found_is_said_kindly(nobody, cast):
    page = nobody.get("/search/", {"q": "xylophone"})

    assert "Nothing here holds “xylophone”." in page.text
    assert 'href="/glossary/"' in page.text


def test_a_draft_is_not_found(nobody, cast):
    LessonPage.objects.get(slug="underwriting-by-race").unpublish()

    assert "underwriting-by-race" not in nobody.get("/search/", {"q": "underwriting"}).text


def test_what_was_typed_is_shown_as_text(nobody, cast):
    page = nobody.get("/search/", {"q": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in page.text


def test_words_are_taken_without_anybodys_syntax():
    assert words_of("“red-lining” AND (maps) OR O’Neil*") == [
        "red-lining",
        "AND",
        "maps",
        "OR",
        "O’Neil",
    ]
