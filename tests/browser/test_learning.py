"""Learning in a real browser: marks of who has no account, and a fact that an editor corrects for two lessons at once."""

import pytest

from curriculum.models import LessonDone
from tests.browser.hands import sign_in

LESSONS = "/learn/how-redlining-worked/"
pytestmark = pytest.mark.browser


def test_what_was_marked_before_signing_in_is_offered_to_the_account(browser_page):
    page = browser_page(width=360)
    page.goto(f"{LESSONS}grading-a-city/")
    page.get_by_role("button", name="Mark as done in this browser").click()
    page.get_by_text("kept in this browser alone").wait_for()
    page.reload()
    assert page.get_by_role("button", name="Mark as not done").is_visible()
    assert page.context.cookies() == []

    sign_in(page, "elu")
    page.wait_for_url("**/today/")
    page.get_by_role("button", name="Keep them in my account").click()
    page.get_by_text("They are in your account now.").wait_for()

    assert LessonDone.objects.filter(member__email="elu@riverton.example").count() == 1
    assert not page.get_by_role("button", name="Keep them in my account").is_visible()
    assert page.locator("#next-title").inner_text() == "Underwriting by race"


def test_rui_corrects_a_fact_and_two_lessons_say_it_while_progress_stays(browser_page):
    dev, rui = browser_page("dev"), browser_page("rui")
    dev.goto(f"{LESSONS}what-historians-argue-about/")
    dev.get_by_role("button", name="Mark as done").click()

    rui.goto("/admin/snippets/curriculum/fact/?q=FH09")
    rui.get_by_role("link", name="FH09").first.click()
    rui.locator("#id_statement").fill("A study of loans in three cities, corrected.")
    rui.get_by_role("textbox", name="Title of the source").fill("The corrected source")
    rui.get_by_role("button", name="Save").click()
    rui.get_by_text("updated").first.wait_for()

    dev.goto(f"{LESSONS}what-historians-argue-about/")
    corrected = "A study of loans in three cities, corrected."
    assert dev.get_by_text(corrected, exact=True).first.is_visible()  # in what is new since then
    assert dev.locator(".changed", has_text=corrected).is_visible()
    assert dev.get_by_text("You have finished this lesson").is_visible()
    dev.goto(f"{LESSONS}underwriting-by-race/")
    assert dev.get_by_text("The corrected source").is_visible()
