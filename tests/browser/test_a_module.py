"""The main job from its first page to its end, and the editor who sees the page while writing it."""

import pytest

from curriculum.models import LessonPage
from tests.scripts.processes import wait_for

pytestmark = pytest.mark.browser


def test_rui_sees_the_lesson_beside_the_form_while_writing(browser_page):
    page = browser_page("rui", width=1600)
    lesson = LessonPage.objects.get(slug="grading-a-city")
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()

    assert wait_for(lambda: "Grading a city" in previewed(page), 30)
    title = page.get_by_role("textbox", name="Title").first

    def written_on():
        # A letter typed in the moment in which a drawing ends waits for the next letter to be drawn.
        title.fill(f"{title.input_value()}!")
        return wait_for(lambda: any("a city!" in said for said in previewed(page)), 5)

    assert wait_for(written_on, 30), previewed(page)


def previewed(page):
    """The titles in the preview: a new frame loads beside the old one before it takes its place."""
    said = """() => [...document.querySelectorAll("iframe[title='Preview']")]
        .map(frame => frame.contentDocument?.querySelector("h1")?.innerText || "")"""
    return page.evaluate(said)


TITLES = (
    "Grading a city",
    "Underwriting by race",
    "Taken twice",
    "What historians still argue about",
)


@pytest.mark.parametrize(
    ("js", "width"),
    [
        pytest.param(True, 1280, id="wide", marks=pytest.mark.long),
        pytest.param(True, 360, id="phone"),
        pytest.param(False, 360, id="no script"),
    ],
)
def test_ben_reads_a_module_to_its_end_and_goes_on_from_today(browser_page, js, width):
    """Four lessons with their sources, the map, a word of the shared language, done, and what comes next."""
    page = browser_page("ben", js=js, width=width)
    page.goto("/learn/")
    page.get_by_role("link", name="How redlining worked").click()
    page.get_by_role("link", name="Start with the first lesson").click()

    for title, following in zip(TITLES, (*TITLES[1:], None), strict=True):
        page.get_by_role("heading", level=1, name=title).wait_for()
        every_citation_leads_to_a_source(page)
        if title == "Grading a city":
            he_reads_the_map(page, js)
            he_looks_up_a_word(page)
        page.get_by_role("button", name="Mark as done").click()
        page.get_by_role("heading", name="You have finished this lesson").wait_for()
        if following:
            page.get_by_role("link", name=f"Next: {following}").click()

    page.goto("/today/")
    assert page.locator("#next-title").inner_text() == "Four levels of racism"
    page.goto("/learn/")
    assert page.get_by_text("read", exact=True).count() == 1


def every_citation_leads_to_a_source(page):
    page.wait_for_load_state()  # the sources come last: a title is seen before they are
    cited = {link.get_attribute("href") for link in page.locator(".cite a").all()}
    listed = {f"#{line.get_attribute('id')}" for line in page.locator(".sources > li").all()}

    assert len(cited) >= 5
    assert cited == listed


def he_reads_the_map(page, js):
    if js:
        page.locator("[data-map-picture] svg").wait_for()
        tab_to_the_map(page)
        page.keyboard.press("Home")
        first = page.locator("[data-map-label]").inner_text()
        page.keyboard.press("ArrowRight")
        assert page.locator("[data-map-label]").inner_text() != first
    page.get_by_role("link", name="Read the map as a table").click()
    page.get_by_role("cell", name="Mill Terrace").wait_for()
    page.go_back()


def he_looks_up_a_word(page):
    page.locator(".prose a.term").first.click()
    page.locator(".definition, .term-note:popover-open").first.wait_for()
    if "/glossary/" not in page.url:  # without script the word leads there by itself
        page.locator(".term-note:popover-open .term-note-more").click()
    page.locator(".definition").wait_for()
    assert "/glossary/" in page.url
    page.go_back()


def tab_to_the_map(page):
    """One stop for the whole map, reached with the Tab key alone."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-map-picture]') !== null"):
            return
    raise AssertionError("The map was not reached with 40 presses of Tab.")
