"""A lesson in another language: at its own address, with the same blocks, marks and rules as the one written first."""

import re
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from curriculum.actions import mark_done
from curriculum.loader.loading import load_folder
from curriculum.models import Edition, LessonDone, LessonPage, ModulePage
from curriculum.permissions import (
    can_read_lesson,
    can_read_page,
    lessons_translated_for,
    modules_translated_for,
)
from tests.curriculum.editing import publish
from tests.house.standing import standing
from tests.house.starter import two_modules

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

GRADING = "/learn/how-redlining-worked/grading-a-city/"
IN_SPANISH = f"/es{GRADING}"


@pytest.fixture(scope="module")
def spanish(django_db_setup, django_db_blocker):
    """The two modules with their translations, for all stories here."""
    with standing(django_db_blocker):
        with django_db_blocker.unblock(), two_modules(translated=True) as folder:
            load_folder(folder)
        yield


def lesson_in(language, slug="grading-a-city"):
    """The page of a lesson in one language."""
    return LessonPage.objects.get(slug=slug, locale__language_code=language)


def article(page):
    """What stands between the bar and the foot."""
    return page.text.partition("<main")[2].partition("</main")[0]


class TestReading:
    def test_a_translated_lesson_is_spanish_from_frame_to_source(self, spanish, nobody):
        page = nobody.get(IN_SPANISH)

        assert '<html lang="es" dir="ltr">' in page.text
        assert "<h1>Calificar una ciudad</h1>" in page.text
        assert "Fuentes" in article(page)
        assert 'lang="en"' not in article(page)
        assert not re.findall(r'href="/learn/', page.text)
        assert page.headers["Content-Language"] == "es"

    def test_the_same_lesson_stays_english_at_its_own_address(self, spanish, nobody):
        page = nobody.get(GRADING)

        assert '<html lang="en"' in page.text
        assert "<h1>Grading a city</h1>" in page.text

    def test_what_is_not_translated_is_english_and_says_so(self, spanish, as_):
        lesson_in("es").unpublish()

        page = as_("chioma").get(IN_SPANISH)
        assert '<h1 lang="en">Grading a city</h1>' in page.text
        assert "Esta página todavía no está en español" in page.text
        assert '<div class="prose flow" id="body" lang="en">' in page.text
        assert "Mark as done" not in page.text

    def test_its_part_of_the_list_says_in_english(self, spanish, nobody):
        lesson_in("es").unpublish()

        page = nobody.get("/es/learn/how-redlining-worked/").text
        assert page.count("en inglés") == 1
        assert '<h3 class="line-title" lang="en"><a href="/es/learn/how-redlining-worked/grading-a-city/">' in page  # fmt: skip

    @pytest.mark.parametrize("rest", ["", "how-redlining-worked/", "how-redlining-worked/print/", "how-redlining-worked/grading-a-city/map/"])  # fmt: skip
    def test_every_page_of_the_curriculum_stands_there_too(self, spanish, nobody, rest):
        page = nobody.get(f"/es/learn/{rest}")

        assert page.status_code == 200
        assert '<html lang="es"' in page.text

    def test_a_try_is_answered_in_the_language_of_the_lesson(self, spanish, nobody):
        action = re.search(r'action="([^"]+/try/[^"]+)"', nobody.get(IN_SPANISH).text)[1]
        answer = nobody.post(action, {"mark": "", "choice": "1"})

        assert action.startswith(IN_SPANISH)
        assert '<html lang="es"' in answer.text
        assert "Calificar una ciudad" in answer.text


class TestTheSwitch:
    @pytest.mark.parametrize(
        ("here", "language", "there"),
        [
            (GRADING, "es", IN_SPANISH), (IN_SPANISH, "en", GRADING), (IN_SPANISH, "es", IN_SPANISH),
            ("/es/learn/", "en", "/learn/"), ("/glossary/equity/", "es", "/glossary/equity/"),
            ("/search/?q=mapa", "es", "/search/?q=mapa"), (GRADING, "xx", GRADING),
        ],
    )  # fmt: skip
    def test_it_keeps_the_page(self, spanish, nobody, here, language, there):
        answer = nobody.post("/i18n/setlang/", {"next": here, "language": language})

        assert answer.url == there

    def test_it_leads_to_no_other_site(self, nobody):
        answer = nobody.post(
            "/i18n/setlang/", {"next": "https://elsewhere.example/es/", "language": "es"}
        )

        assert "elsewhere" not in answer.url

    def test_the_choice_of_a_member_is_kept_for_them(self, cast, as_):
        chioma = as_("chioma")
        assert '<html lang="es"' in chioma.get("/today/").text

        chioma.post("/i18n/setlang/", {"next": "/today/", "language": "en"})
        cast["chioma"].refresh_from_db()

        assert '<html lang="en"' in chioma.get("/today/").text
        assert cast["chioma"].language == "en"

    def test_nonsense_changes_no_choice(self, cast, as_):
        as_("chioma").post("/i18n/setlang/", {"next": "/today/", "language": "xx"})
        cast["chioma"].refresh_from_db()

        assert cast["chioma"].language == "es"


class TestOneLesson:
    def test_a_mark_counts_in_both(self, spanish, as_, cast):
        chioma = as_("chioma")
        chioma.post(f"/progress/{lesson_in('es').translation_key}/", {"action": "done"})

        for address in (GRADING, IN_SPANISH):
            assert 'value="undo"' in chioma.get(address).text
        assert LessonDone.objects.filter(member=cast["chioma"]).count() == 1

    def test_a_change_in_one_is_news_in_that_one_alone(self, spanish, as_, cast):
        lesson = lesson_in("es")
        mark_done(lesson=lesson, by=cast["chioma"])
        lesson.body.append(("markdown", "Una frase más [@RL04]."))
        publish(lesson)

        assert "Una frase más" in as_("chioma").get(IN_SPANISH).text.partition('id="news-title"')[2]
        assert 'id="news-title"' not in as_("chioma").get(GRADING).text

    def test_editions_go_on_over_both(self, spanish):
        key = lesson_in("es").translation_key
        publish(lesson_in("es"))

        found = Edition.objects.filter(lesson_key=key).values_list("number", "language")
        assert list(found) == [(1, "en"), (2, "es"), (3, "es")]

    def test_blocks_keep_their_ids_so_that_a_talk_belongs_to_both(self, spanish):
        for slug in ("grading-a-city", "words-that-travel-badly"):
            ids = [[str(part.id) for part in lesson_in(code, slug).body] for code in ("en", "es")]
            assert ids[0] == ids[1]

    def test_its_address_and_lasting_key_are_those_of_the_first(self, spanish):
        for lesson in LessonPage.objects.filter(locale__language_code="es"):
            first = lesson_in("en", lesson.slug)
            assert lesson.translation_key == first.translation_key
            assert lesson.get_url() == f"/es{first.get_url()}"


class TestWhoMayRead:
    def test_a_closed_module_is_closed_in_all_languages(self, spanish, nobody, as_):
        module = ModulePage.objects.get(slug="how-redlining-worked", locale__language_code="en")
        PageViewRestriction.objects.create(page=module, restriction_type="login")

        for address in (IN_SPANISH, "/es/learn/how-redlining-worked/", f"{IN_SPANISH}map/"):
            assert nobody.get(address).status_code == 302
            assert as_("chioma").get(address).status_code == 200
        assert "Calificar una ciudad" not in nobody.get("/es/learn/").text

    def test_an_unpublished_lesson_is_gone_in_all_languages(self, spanish, nobody):
        lesson_in("en").unpublish()

        assert nobody.get(IN_SPANISH).status_code == 404

    def test_rule_and_list_agree_for_everybody(self, spanish, cast):
        module = ModulePage.objects.get(slug="shared-language", locale__language_code="en")
        PageViewRestriction.objects.create(page=module, restriction_type="login")
        lesson_in("en", "taken-twice").unpublish()
        lesson_in("es", "underwriting-by-race").unpublish()
        lessons = LessonPage.objects.filter(locale__language_code="es")
        modules = ModulePage.objects.filter(locale__language_code="es")

        for person in (*cast.values(), AnonymousUser()):
            readable = {row for row in lessons if can_read_lesson(person, row)}
            assert set(lessons_translated_for(person)) == readable
            readable = {row for row in modules if row.live and can_read_page(person, row)}
            assert set(modules_translated_for(person)) == readable

    def test_a_translation_of_nothing_is_read_by_nobody(self, spanish, cast, nobody):
        LessonPage.objects.filter(pk=lesson_in("es").pk).update(translation_key=UUID(int=7))
        LessonPage.objects.filter(pk=lesson_in("en").pk).delete()

        assert nobody.get(IN_SPANISH).status_code == 404
        assert not can_read_lesson(cast["ana"], lesson_in("es"))


class TestSearching:
    def test_each_language_finds_its_own_words(self, spanish, nobody):
        nobody.cookies["django_language"] = "es"
        spanish = nobody.get("/search/", {"q": "evaluadores lápiz"}).text
        nobody.cookies["django_language"] = "en"
        english = nobody.get("/search/", {"q": "evaluadores lápiz"}).text

        assert f'href="{IN_SPANISH}"' in spanish
        assert GRADING not in english
