"""A word of the shared language in a lesson: opened by keyboard, by touch and by pointer, closed by Escape, a plain link without script."""

import pytest

from curriculum.glossary.linking.working import relink_all

pytestmark = pytest.mark.browser

LESSON = "/learn/how-redlining-worked/underwriting-by-race/"
TERM = "/glossary/race/"
MEANING = "A social grouping, made by law and custom"


@pytest.fixture
def linked(site):
    """The worker has come by."""
    relink_all()


def opened(page, path=LESSON):
    page.goto(path)
    page.locator("a.term[aria-expanded]").first.wait_for()
    return page.locator(f'a.term[href="{TERM}"]'), page.locator("#term-race")


def has_focus(part):
    return part.evaluate("part => part === document.activeElement")


def test_by_keyboard_enter_opens_escape_closes_and_enter_twice_goes_to_the_page(
    linked, browser_page
):
    page = browser_page()
    word, note = opened(page)
    word.focus()

    page.keyboard.press("Enter")

    assert note.is_visible()
    assert MEANING in note.inner_text()
    assert word.get_attribute("aria-expanded") == "true"
    assert has_focus(note.get_by_role("link", name="More about this term"))

    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert has_focus(word)
    assert word.get_attribute("aria-expanded") == "false"

    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TERM}")


def test_tab_goes_on_behind_the_word_and_back_to_it(linked, browser_page):
    page = browser_page()
    word, note = opened(page)
    word.focus()
    page.keyboard.press("Tab")
    after = page.evaluate("document.activeElement.outerHTML")
    word.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not note.is_visible()
    assert page.evaluate("document.activeElement.outerHTML") == after

    word.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert not note.is_visible()
    assert has_focus(word)


def test_a_press_opens_it_beside_the_word_and_a_second_one_goes_to_the_page(linked, browser_page):
    page = browser_page("dev", width=360)
    word, note = opened(page)

    word.click()

    assert note.is_visible()
    here, there = word.bounding_box(), note.bounding_box()
    assert there["x"] >= 0
    assert there["x"] + there["width"] <= 360
    gap = min(
        abs(there["y"] - here["y"] - here["height"]), abs(here["y"] - there["y"] - there["height"])
    )
    assert gap < 12
    assert page.url.endswith(LESSON)

    word.click()
    page.wait_for_url(f"**{TERM}")


def test_a_press_elsewhere_closes_it_and_another_word_takes_its_place(linked, browser_page):
    page = browser_page()
    word, note = opened(page)
    word.click()
    page.locator("#body h2").first.click(position={"x": 2, "y": 2})
    assert not note.is_visible()

    word.click()
    other = page.locator("a.term").last
    other.evaluate("word => word.click()")
    assert page.locator(".term-note:popover-open").count() == 1
    assert not note.is_visible()
    assert word.get_attribute("aria-expanded") == "false"


def test_a_pointer_that_rests_opens_it_may_go_into_it_and_leaves_it(linked, browser_page):
    page = browser_page()
    word, note = opened(page)

    word.hover()
    note.wait_for(state="visible")
    note.hover()
    page.wait_for_timeout(500)
    assert note.is_visible()

    page.mouse.move(5, 5)
    note.wait_for(state="hidden")

    word.hover()
    note.wait_for(state="visible")
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_a_touch_opens_it(linked, browser, site):
    context = browser.new_context(
        base_url=site, has_touch=True, viewport={"width": 360, "height": 800}, locale="en-US"
    )
    page = context.new_page()
    word, note = opened(page)

    word.tap()
    assert note.is_visible()

    word.tap()
    page.wait_for_url(f"**{TERM}")
    context.close()


def test_without_script_it_is_a_plain_link(linked, browser_page):
    page = browser_page(js=False)
    page.goto(LESSON)
    assert not page.locator("#term-race").is_visible()

    page.locator(f'a.term[href="{TERM}"]').click()

    page.wait_for_url(f"**{TERM}")
    assert page.get_by_role("heading", name="Race", exact=True, level=1).is_visible()


def test_nothing_of_it_is_printed(linked, browser_page):
    page = browser_page()
    word, note = opened(page)
    word.click()

    page.emulate_media(media="print")

    assert not note.is_visible()
