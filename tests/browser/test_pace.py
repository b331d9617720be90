"""Gates, and going on where one left, by keyboard, without JavaScript, at 360 pixels, on paper; advice beside the form."""

import pytest

from curriculum.models import LessonDone, LessonPage, Opening
from tests.browser.hands import tab_to
from tests.scripts.processes import wait_for

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


def test_on_paper_a_gate_is_its_reason_and_no_choice(site, lesson, browser_page):
    page = browser_page("dev")
    page.goto(ADDRESS)
    assert page.get_by_text("Either is fine.").is_visible()

    page.emulate_media(media="print")

    assert wait_for(lambda: not page.get_by_text("Either is fine.").is_visible(), 10)
    assert page.get_by_text(REASON).is_visible()
    assert page.locator("main a:visible").count() == 0


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_dev_goes_on_where_he_left_by_keyboard(browser_page, js):
    page = browser_page("dev", width=360, js=js)
    page.goto("/today/")
    tab_to(page, "Continue", role="a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Words that travel badly").wait_for()
    tab_to(page, "Mark as done", role="button", most=120)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You have finished this lesson").wait_for()

    page.goto("/learn/")

    tab_to(page, "Go on with “Agreeing our meanings”", role="a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Agreeing our meanings").wait_for()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")


def test_on_paper_today_says_in_words_how_far_one_is(browser_page):
    page = browser_page("dev")
    page.goto("/today/")
    assert page.get_by_role("link", name="Continue", exact=True).is_visible()

    page.emulate_media(media="print")

    assert wait_for(lambda: page.get_by_role("link", name="Continue", exact=True).count() == 0, 10)
    assert page.get_by_role("heading", name="Words that travel badly").is_visible()
    assert page.get_by_text("1 of 3 lessons of this module done").is_visible()
    apart = "card => getComputedStyle(card).marginBlockStart"
    assert page.locator(".desk > .card + .card").first.evaluate(apart) == "11px"


def test_rui_finds_the_advice_in_the_panel_of_checks(site, browser_page):
    page, lesson = browser_page("rui"), LessonPage.objects.get(slug="grading-a-city")
    page.goto(f"/admin/pages/{lesson.pk}/edit/")

    page.get_by_role("button", name="Toggle checks").click()

    page.get_by_role("heading", name="Advice for this lesson").wait_for()
    page.get_by_text("Could it be two?").first.wait_for()
