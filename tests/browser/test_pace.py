"""A gate by keyboard alone and without JavaScript, on a narrow window; advice beside the editor's form."""

import pytest

from curriculum.models import LessonDone, LessonPage, Opening
from tests.browser.hands import tab_to

pytestmark = pytest.mark.browser

ADDRESS = "/learn/how-redlining-worked/underwriting-by-race/"
REASON = "It uses the four grades that the lesson before explains."


@pytest.fixture
def lesson(transactional_db):
    """The second lesson of the module asks for the first; no cohort reads it yet."""
    Opening.objects.all().delete()
    lesson = LessonPage.objects.get(slug="underwriting-by-race")
    lesson.gate_reason = REASON
    lesson.save_revision().publish()
    return lesson


@pytest.mark.parametrize("js", [True, False])
def test_dev_reads_the_reason_and_reads_on_by_keyboard(site, lesson, browser_page, js):
    page = browser_page("dev", width=360, js=js)
    page.goto(ADDRESS)
    assert page.get_by_text(REASON).is_visible()
    assert not page.locator(".prose").is_visible()

    tab_to(page, "I know this already: read on", role="a")
    page.keyboard.press("Enter")
    page.locator(".prose").wait_for()

    assert page.get_by_text(REASON).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    assert not LessonDone.objects.filter(lesson_key=lesson.translation_key).exists()
    page.get_by_role("link", name="Go to “Grading a city”").press("Enter")
    page.wait_for_url("**/grading-a-city/")


def test_rui_finds_the_advice_in_the_panel_of_checks(site, lesson, browser_page):
    page = browser_page("rui")
    page.goto(f"/admin/pages/{lesson.pk}/edit/")

    page.get_by_role("button", name="Toggle checks").click()

    page.get_by_role("heading", name="Advice for this lesson").wait_for()
    assert page.get_by_text("are in the glossary, and lead nowhere").or_(page.get_by_text("is in the glossary, and leads nowhere")).first.is_visible()  # fmt: skip
