"""Searching, and talking about a prompt of a lesson, by keyboard alone, without JavaScript, on a small window."""

import pytest

from tests.browser.hands import sign_in, tab_to

pytestmark = pytest.mark.browser

LESSON = "/learn/how-redlining-worked/grading-a-city/"


def test_elu_searches_by_keyboard_and_hears_how_much_was_found(browser_page):
    page = browser_page(None, width=360)
    page.goto("/search/")

    tab_to(page, "Words from a lesson, a fact or a term", role="input")
    page.keyboard.type("undewriting")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Found for “underwriting”").wait_for()

    assert page.locator("mark").first.inner_text().lower().startswith("underwriting")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    tab_to(page, "Underwriting by race", role="a")


@pytest.mark.parametrize("js", [True, False])
def test_dev_replies_from_the_lesson(browser_page, js):
    page = browser_page(None, width=360, js=js)
    sign_in(page, "dev")
    page.goto(LESSON)

    page.get_by_role("link", name="Read along in Spring").click()
    page.get_by_label("Your reply").fill("Our form has *no* pencil.")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.get_by_text("The others in the cohort get a notice.").wait_for()

    assert page.locator("article em").last.inner_text() == "no"
    if js:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
