"""The files of a translation, beside those of the lesson that was written first."""

import pytest

from curriculum.loader.refusal import StarterRefused
from curriculum.models import LessonPage
from tests.curriculum.editing import publish
from tests.curriculum.starters import LESSON, LESSON_FILE, MODULE, load, make_folder

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def lesson_in(language, slug):
    """The page of a lesson in one language."""
    return LessonPage.objects.get(slug=slug, locale__language_code=language)


def test_a_language_that_has_no_pages_yet_reads_english(nobody, cast):
    page = nobody.get("/es/learn/how-redlining-worked/grading-a-city/")

    assert page.status_code == 200
    assert '<h1 lang="en">' in page.text


@pytest.fixture
def folder(tmp_path, cast):
    """A module with a translated lesson."""
    make_folder(tmp_path)
    (tmp_path / "07-bridges/module.es.md").write_text(
        MODULE.replace("Bridges", "Puentes").replace("Hello.", "Hola.")
    )
    translation(tmp_path).write_text(
        LESSON.replace("The bridge\n", "El puente\n").replace("It was short.", "Fue breve.")
    )
    return tmp_path


def translation(folder):
    """The file of the translated lesson."""
    return folder / LESSON_FILE.replace(".md", ".es.md")


def test_it_comes_beside_the_first_and_again_changes_nothing(folder):
    written = load(folder).written

    assert written[-2:] == ["07-bridges/module.es.md", "07-bridges/01-the-bridge.es.md"]
    assert lesson_in("es", "the-bridge").title == "El puente"
    assert load(folder).written == []


def test_what_an_editor_changed_of_it_is_left_alone(folder):
    load(folder)
    lesson = lesson_in("es", "the-bridge")
    lesson.title = "El puente nuevo"
    publish(lesson)
    text = translation(folder).read_text()
    translation(folder).write_text(text.replace("Fue breve.", "Fue muy breve."))

    assert [one.name for one in load(folder).left_alone] == ["07-bridges/01-the-bridge.es.md"]
    assert lesson_in("es", "the-bridge").title == "El puente nuevo"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("## What was said\n", "", "A translation has the same parts"),
        ("May [@BR01].", "May.", "does not rest on the same facts"),
        ("quotation\ntext:", "care\ntext:", "“attribution” is not known"),
    ],
)
def test_a_translation_that_is_not_alike_is_refused_with_its_line(folder, old, new, reason):
    text = translation(folder).read_text()
    assert old in text
    translation(folder).write_text(text.replace(old, new))

    with pytest.raises(StarterRefused, match=reason):
        load(folder)
    assert not LessonPage.objects.filter(slug="the-bridge").exists()


def test_a_translation_of_nothing_is_refused(folder):
    translation(folder).rename(folder / "07-bridges/02-the-toll.es.md")

    with pytest.raises(StarterRefused, match=r"there is no 02-the-toll\.md"):
        load(folder)


def test_a_language_of_another_site_is_refused(folder):
    translation(folder).rename(folder / "07-bridges/01-the-bridge.fr.md")

    with pytest.raises(StarterRefused, match="the site has no language “fr”"):
        load(folder)


def test_a_lesson_that_an_editor_deleted_takes_its_translation_along(folder):
    load(folder)
    lesson_in("es", "the-bridge").delete()
    lesson_in("en", "the-bridge").delete()
    text = translation(folder).read_text()
    translation(folder).write_text(text.replace("Fue breve.", "Fue muy breve."))

    assert {one.name for one in load(folder).left_alone} == {LESSON_FILE, LESSON_FILE.replace(".md", ".es.md")}  # fmt: skip
