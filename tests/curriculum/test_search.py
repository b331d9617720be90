"""Search finds lessons, facts and terms, answers plainly to what is no word, and never names what is private."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from curriculum.glossary.actions import decide_together, propose_wording
from curriculum.models import Fact, LessonPage, ModulePage
from curriculum.permissions import lessons_visible_to
from curriculum.publishing import texts_of
from curriculum.search.words import asked, words_of
from tests.curriculum.editing import publish, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

UNDERWRITING = "/learn/how-redlining-worked/underwriting-by-race/"


@pytest.fixture
def lesson(cast) -> LessonPage:
    """The lesson on underwriting."""
    return LessonPage.objects.get(slug="underwriting-by-race")


def said_in(lesson, words):
    """Publish the lesson with these words at its end."""
    return publish(with_blocks(lesson, {"type": "markdown", "value": words}))


def found_at(client, query, **more):
    """The addresses that the results lead to."""
    page = client.get("/search/", {"q": query, **more}).text
    results = page[page.index('id="found-title"') :] if 'id="found-title"' in page else ""
    return re.findall(r'href="(/(?:learn|glossary)/[^"]+)"', results.split("<footer")[0])


def queries_of(client, query):
    """How many queries a second search takes."""
    client.get("/search/", {"q": query})
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/", {"q": query})
    return len(captured)


def test_a_word_of_a_lesson_finds_it(nobody, cast):
    assert UNDERWRITING in found_at(nobody, "underwriting")


def test_a_term_is_found_by_its_name_first(nobody, cast):
    assert found_at(nobody, "Structural racism", kind="terms")[0] == "/glossary/structural-racism/"


def test_the_passage_stands_there_with_the_words_marked(nobody, lesson):
    said_in(lesson, "Nobody had ever seen the Quetzal of Maple Street before that day.")

    page = nobody.get("/search/", {"q": "quetzal"}).text

    assert "seen the <mark>Quetzal</mark> of Maple Street" in page


def test_a_fact_leads_to_the_lessons_that_cite_it_and_says_its_source(nobody, lesson):
    fact = Fact.objects.filter(key__in=lesson.citations.values("fact_key")).first()
    fact.statement, fact.source_title = "A zyzzyva was counted.", "Report on weevils"
    fact.save()

    page = nobody.get("/search/", {"q": "zyzzyva", "kind": "facts"}).text

    assert "A <mark>zyzzyva</mark> was counted." in page
    assert "Report on weevils" in page
    assert f'<a href="{UNDERWRITING}">{lesson.title}</a>' in page


@pytest.mark.parametrize("query", ["senor pinata", "SEÑOR PIÑATA", "sen\u0303or piñat"])
def test_case_and_accents_do_not_matter(nobody, lesson, query):
    said_in(lesson, "Here Señor Piñata kept his shop.")

    assert found_at(nobody, query) == [UNDERWRITING]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("教育公平很重要。", "公平"),
        ("Все дети учатся вместе.", "ДЕТИ"),  # noqa: RUF001
        ("शिक्षा सबके लिए है।", "शिक्षा"),
        ("كَتَبَ الطالب", "كتب"),
        ("İstanbul'da bir okul", "istanbul"),
    ],
)
def test_words_of_any_language_are_found(nobody, lesson, words, query):
    said_in(lesson, words)

    assert found_at(nobody, query) == [UNDERWRITING]


def test_words_in_quotation_marks_are_found_side_by_side(nobody, lesson):
    said_in(lesson, "The okapi met a narwhal.")

    assert found_at(nobody, "narwhal okapi") == [UNDERWRITING]
    assert found_at(nobody, '"met a narwhal"') == [UNDERWRITING]
    assert found_at(nobody, "“okapi narwhal”") == []


def test_the_beginning_of_a_long_word_is_enough(nobody, lesson):
    said_in(lesson, "An okapikeeper came.")

    assert found_at(nobody, "okap") == [UNDERWRITING]
    assert found_at(nobody, "oka") == []


def test_a_misspelled_word_finds_what_the_closest_known_one_does(nobody, lesson):
    page = nobody.get("/search/", {"q": "undewriting"}).text

    assert "Nothing here holds “undewriting”, so we looked for “underwriting”." in page
    assert UNDERWRITING in found_at(nobody, "undewriting")


@pytest.mark.parametrize(
    "words",
    [
        '"', "'", "\x00", "(", "AND", "NEAR(", "*", "\\", "!?…", "9" * 400, "a" * 10_000, "<b>", "%", "_", "''", "a:b",
        "&|!", "é" * 3000, "\ud7ff\U0001f600", "title : x", "-x", "^x", "{x}", "x' <-> 'y", "the and of", "%s %(a)s",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["1", "999999999999", "-1", "x", "٣"])
def test_what_is_no_word_is_a_plain_answer(nobody, cast, words, page):
    """Row G1."""
    answer = nobody.get("/search/", {"q": words, "kind": "lessons", "page": page})

    assert answer.status_code == 200


def test_a_query_without_a_word_is_told_so(nobody, cast):
    assert "“?!” holds no word." in nobody.get("/search/", {"q": "?!"}).text


def test_nothing_found_is_said_kindly(nobody, cast):
    page = nobody.get("/search/", {"q": "xylophone"})

    assert "Nothing here holds “xylophone”." in page.text
    assert 'href="/glossary/"' in page.text


def test_what_was_typed_is_shown_as_text(nobody, lesson):
    said_in(lesson, "`<script>alert(1)</script>` is no word.")

    page = nobody.get("/search/", {"q": "<script>alert(1)</script>"}).text

    assert "<script>alert(1)" not in page
    assert "<mark>script" in page


def adopted(cast, number):
    """So many terms with the same word in them, proposed by Dev and adopted by Ben."""
    words = [{"name": f"Okapi {one}", "definition": "Stripes."} for one in range(number)]
    decide_together(
        shown=[(propose_wording(words=one, by=cast["dev"]), 1) for one in words], by=cast["ben"]
    )


def test_each_kind_has_its_number_in_words_and_a_way_to_all_of_it(nobody, cast):
    adopted(cast, 23)

    alone = nobody.get("/search/", {"q": "okapi"}).text
    second = nobody.get("/search/", {"q": "okapi", "kind": "terms", "page": "2"}).text

    assert "23 terms" in alone
    assert len(re.findall(r'href="/glossary/okapi-', alone)) == 20
    assert len(re.findall(r'href="/glossary/okapi-', second)) == 3
    assert "page 2 of 2" in second


def test_several_kinds_show_a_few_of_each(nobody, cast, lesson):
    said_in(lesson, "An okapi.")
    adopted(cast, 7)

    page = nobody.get("/search/", {"q": "okapi"}).text

    assert "1 lesson, 7 terms" in page
    assert len(re.findall(r'href="/glossary/okapi-', page)) == 5
    assert "Show all 7 terms" in page


def test_a_draft_is_not_found(nobody, lesson):
    said_in(lesson, "An okapi.")
    before = found_at(nobody, "okapi")
    lesson.refresh_from_db()
    lesson.unpublish()

    assert before == [UNDERWRITING]
    assert found_at(nobody, "okapi") == []
    assert UNDERWRITING not in found_at(nobody, "underwriting")


def test_the_words_of_an_unpublished_revision_find_nothing(nobody, lesson):
    lesson.title = "Narwhals"
    with_blocks(lesson, {"type": "markdown", "value": "An okapi."}).save_revision()

    assert found_at(nobody, "okapi") == []
    assert found_at(nobody, "narwhals") == []
    assert UNDERWRITING in found_at(nobody, "underwriting")


def test_words_that_were_taken_out_find_nothing(nobody, lesson):
    before = LessonPage.objects.get(pk=lesson.pk)
    said_in(lesson, "An okapi.")
    publish(before)

    assert found_at(nobody, "okapi") == []


def test_a_members_lesson_is_found_by_members_alone(nobody, as_, lesson):
    """A secret in a title, a text and a fact: no result, no count, no suggestion, and the same number of queries."""
    lesson.title, lesson.lede = "Narwhals", "A bongo came."
    said_in(lesson, "An okapi.")
    fact = Fact.objects.create(
        key="QQ01", statement="A zyzzyva.", period="1931", source_title="Weevils", source_year="1931",
        checked="x", checked_on="2026-01-01", check_again_on="2027-01-01",
    )  # fmt: skip
    said_in(LessonPage.objects.get(pk=lesson.pk), f"Also [@{fact.key}].")
    module = ModulePage.objects.get(slug="how-redlining-worked")
    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.LOGIN)

    for word in ("narwhals", "bongo", "okapi", "zyzzyva"):
        assert found_at(as_("dev"), word)[0] == UNDERWRITING, word
        page = nobody.get("/search/", {"q": word}).text
        assert found_at(nobody, word) == []
        assert f"Nothing here holds “{word}”" in page
        assert "found-title" not in page
    assert "narwhals" not in nobody.get("/search/", {"q": "narwals"}).text
    assert "looked for “narwhals”" in as_("dev").get("/search/", {"q": "narwals"}).text
    assert {queries_of(nobody, word) for word in ("narwhals", "okapi", "xylophone")} == {2}


def test_a_fact_that_no_open_lesson_cites_is_not_found(nobody, cast):
    Fact.objects.create(
        key="QQ01", statement="A zyzzyva.", period="1931", source_title="Weevils", source_year="1931",
        checked="x", checked_on="2026-01-01", check_again_on="2027-01-01",
    )  # fmt: skip

    assert "Nothing here holds “zyzzyva”" in nobody.get("/search/", {"q": "zyzzyva"}).text


def test_what_the_search_shows_is_what_the_rule_lets_through(nobody, as_, cast):
    PageViewRestriction.objects.create(
        page=ModulePage.objects.get(slug="shared-language"),
        restriction_type=PageViewRestriction.LOGIN,
    )
    readers = {"": (nobody, AnonymousUser()), "dev": (as_("dev"), cast["dev"])}

    for client, user in readers.values():
        open_ones = {lesson.url for lesson in lessons_visible_to(user)}
        found = set(found_at(client, "the", kind="lessons"))
        assert found <= open_ones
        assert ("/learn/shared-language/" in " ".join(found)) is user.is_authenticated


def test_a_facilitators_note_is_in_no_edition_and_so_in_no_search(lesson):
    plain = SimpleNamespace(plain=lambda value, facts: value, cited=lambda value: ())
    note = SimpleNamespace(block_type="facilitator", block=plain, value="An okapi.", id="1")
    said = SimpleNamespace(block_type="markdown", block=plain, value="A door.", id="2")

    texts = texts_of(SimpleNamespace(body=[note, said], locale=lesson.locale))

    assert texts == [("2", "A door.")]


@pytest.mark.parametrize("name", [None, "dev"])
def test_the_answer_is_stored_nowhere(nobody, as_, cast, name):
    client = as_(name) if name else nobody

    answer = client.get("/search/", {"q": "redlining"})

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_query_writes_nothing(nobody, cast):
    nobody.get("/search/", {"q": "redlining"})
    with CaptureQueriesContext(connection) as captured:
        nobody.get("/search/", {"q": "redlining"})

    verbs = {query["sql"].split(" ", 1)[0] for query in captured.captured_queries}
    assert verbs == {"SELECT"}


def test_twenty_lessons_take_as_many_queries_as_one(nobody, lesson):
    said_in(lesson, "An okapi.")
    one = queries_of(nobody, "okapi")
    for other in LessonPage.objects.exclude(pk=lesson.pk):
        said_in(other, "An okapi.")

    assert one == queries_of(nobody, "okapi") == 3


def test_a_query_is_read_without_anybodys_syntax():
    read = [one.words for one in asked("“red-lining” AND (maps) OR O’Neil*").wanted]

    assert read == [("red", "lining"), ("and",), ("maps",), ("or",), ("o", "neil")]


def test_letters_of_scripts_without_spaces_stand_for_themselves():
    assert words_of("教育 and ÉCOLE") == ["教", "育", "and", "ecole"]
