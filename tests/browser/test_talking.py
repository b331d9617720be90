"""Searching, and talking about a prompt of a lesson, by keyboard alone, without JavaScript, on a small window, on paper."""

import pytest

from cohorts.models import Prompt, Reply
from tests.browser.hands import sign_in, tab_to
from tests.scripts.processes import wait_for

pytestmark = pytest.mark.browser

LESSON = "/learn/how-redlining-worked/grading-a-city/"
WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_elu_searches_by_keyboard_and_hears_how_much_was_found(browser_page, js):
    page = browser_page(None, width=360, js=js)
    page.goto("/search/")

    tab_to(page, "Words from a lesson, a fact or a term", role="input")
    page.keyboard.type("undewriting")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Found for “underwriting”").wait_for()

    assert page.locator("mark").first.inner_text().lower().startswith("underwriting")
    assert page.evaluate(WIDTH) <= 360
    tab_to(page, "Underwriting by race", role="a")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Underwriting by race").wait_for()


def test_what_was_found_is_narrowed_by_keyboard_and_stands_alone_on_paper(browser_page):
    page = browser_page(None, width=360, js=False)
    page.goto("/search/?q=redlining")
    tab_to(page, "Facts", role="a")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=facts")
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=3).all_inner_texts() == ["Facts"]

    page.emulate_media(media="print")

    tools = page.get_by_role("search").or_(page.get_by_role("navigation"))
    assert wait_for(lambda: tools.count() == 0, 10)
    assert page.get_by_role("heading", level=2).inner_text().startswith("Found for “redlining”: 2 lessons, 9 facts")  # fmt: skip
    assert page.locator(".found > li >> visible=true").count() == 9
    assert page.locator("mark").first.evaluate("mark => getComputedStyle(mark).fontWeight") == "600"


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


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_dev_opens_a_talk_replies_corrects_and_deletes_by_keyboard(browser_page, js):
    Prompt.objects.all().delete()
    page = browser_page("dev", width=360, js=js)
    page.goto(LESSON)

    tab_to(page, "Talk about it in Spring", role="button", most=120)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="What we talk about").wait_for()
    tab_to(page, "Your reply", role="textarea")
    page.keyboard.type("Ours was sold twise.")
    tab_to(page, "Reply", role="button")
    page.keyboard.press("Enter")
    page.get_by_text("Ours was sold twise.").wait_for()
    follow(page, "Edit", "**/edit/")
    tab_to(page, "Your reply", role="textarea")
    page.keyboard.press("Control+a")
    page.keyboard.type("Ours was sold twice.")
    tab_to(page, "Save", role="button")
    page.keyboard.press("Enter")

    page.get_by_text("Ours was sold twice.").wait_for()
    assert page.evaluate(WIDTH) <= 360
    follow(page, "Delete", "**/delete/")
    tab_to(page, "Delete", role="button")
    page.keyboard.press("Enter")
    page.get_by_text("Nobody has replied yet.").wait_for()
    assert not Reply.objects.filter(author__email="dev@riverton.example").exists()


def follow(page, name, address):
    """Go to another page by a link that Tab reaches."""
    tab_to(page, name, role="a")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    page.wait_for_load_state()


def test_on_paper_a_talk_is_its_question_and_what_was_said(browser_page):
    prompt = Prompt.objects.get(cohort__slug="spring")
    page = browser_page("dev")
    page.goto(f"/cohorts/spring/talk/{prompt.pk}/")
    assert page.get_by_label("Your reply").is_visible()

    page.emulate_media(media="print")

    assert wait_for(lambda: not page.get_by_label("Your reply").is_visible(), 10)
    assert page.get_by_text("Who holds the pencil?").is_visible()
    assert page.locator("article >> visible=true").count() == 3
    assert page.get_by_role("button").count() == 0


def test_on_paper_a_cohort_is_who_is_in_it_and_what_was_announced(browser_page):
    page = browser_page("mo")
    page.goto("/cohorts/spring/")
    assert page.get_by_label("Announcement", exact=True).is_visible()

    page.emulate_media(media="print")

    assert wait_for(lambda: not page.get_by_label("Announcement", exact=True).is_visible(), 10)
    assert page.get_by_role("heading", name="Who is in it").is_visible()
    assert page.locator("main").get_by_role("button").count() == 0


def test_on_paper_a_prompt_of_a_lesson_keeps_its_words_and_loses_its_buttons(browser_page):
    page = browser_page("dev")
    page.goto(LESSON)
    prompt = page.get_by_role("region", name="To talk about together")
    assert prompt.get_by_role("link", name="Read along in Spring").is_visible()

    page.emulate_media(media="print")

    assert wait_for(lambda: prompt.get_by_role("link").count() == 0, 10)
    assert "Who holds the pencil?" in prompt.inner_text()
