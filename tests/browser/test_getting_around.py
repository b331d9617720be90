"""Getting around: the folded menu, the themes, the language, the map, all of it by keyboard too."""

import pytest

from tests.browser.hands import tab_to

LESSON = "/learn/how-redlining-worked/grading-a-city/"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
def test_on_a_phone_the_navigation_folds_and_opens_by_keyboard(browser_page, js):
    page = browser_page("dev", width=360, js=js)
    page.goto("/today/")
    assert not page.get_by_role("link", name="Glossary").is_visible()

    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Glossary").wait_for()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Glossary").is_visible()

    page.keyboard.press("Enter")
    page.get_by_role("link", name="Glossary").click()
    assert page.url.endswith("/glossary/")


def test_a_chosen_theme_stays(browser_page):
    page = browser_page()
    page.goto("/")
    before = page.evaluate("getComputedStyle(document.querySelector('.foot')).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    after = page.evaluate("getComputedStyle(document.querySelector('.foot')).backgroundColor")
    page.goto("/glossary/")

    assert after != before
    stays = page.evaluate("getComputedStyle(document.querySelector('.foot')).backgroundColor")
    assert stays == after


def test_the_language_is_chosen_without_an_account(browser_page):
    page = browser_page(js=False)
    page.goto("/help/")
    page.get_by_role("button", name="Español").click()

    assert page.url.endswith("/help/")
    assert page.locator("html").get_attribute("lang") == "es"


def test_the_map_of_the_lesson_is_walked_with_the_arrow_keys(browser_page):
    page = browser_page("elu")
    page.goto(LESSON)
    page.wait_for_selector("[data-redlining-map].is-live")  # the drawing is in the picture's place
    page.locator("[data-map-picture]").focus()
    first = page.locator(".map-panel").inner_text()
    page.keyboard.press("ArrowRight")
    second = page.locator(".map-panel").inner_text()
    page.keyboard.press("End")
    last = page.locator(".map-panel").inner_text()

    assert len({first, second, last}) == 3
    tab_to(page, "Read the map as a table")


def test_rui_corrects_a_sentence_and_the_reader_keeps_what_was_done(browser_page):
    dev = browser_page("dev")
    dev.goto(LESSON)
    dev.get_by_role("button", name="Mark as done").click()
    rui = browser_page("rui")
    rui.goto(LESSON)
    edit = rui.evaluate(
        "fetch('/admin/api/main/pages/?slug=grading-a-city').then(r => r.json()).then(j => j.items[0].id)"
    )
    rui.goto(f"/admin/pages/{edit}/edit/")
    rui.get_by_role("textbox", name="Title").first.fill("Grading a whole city")
    rui.get_by_role("button", name="More actions").first.click()
    rui.get_by_role("button", name="Publish").click()
    rui.get_by_text("has been published").first.wait_for()

    dev.goto(LESSON)
    assert dev.get_by_role("heading", level=1).inner_text() == "Grading a whole city"
    assert dev.get_by_role("button", name="Mark as done").count() == 0
