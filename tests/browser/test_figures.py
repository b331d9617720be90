"""Charts, a timeline, then and now: by keyboard, without a script, on a phone, on paper, in the dark and in forced colors."""

import pytest

from curriculum.models import LessonPage
from tests.browser.hands import tab_to
from tests.scripts.processes import wait_for

pytestmark = pytest.mark.browser
MODULE = "/learn/how-redlining-worked/"
CHARTS, RULES, COMPARED = f"{MODULE}grading-a-city/", f"{MODULE}underwriting-by-race/", f"{MODULE}what-historians-argue-about/"  # fmt: skip
#: The smallest words of all drawings on the page, in pixels of the screen.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.chart-svg text, .layer-svg text')].map(text => {
    const scale = text.ownerSVGElement.getScreenCTM().a; return parseFloat(getComputedStyle(text).fontSize) * scale; }))"""
#: Words of drawings that stand outside of their figure.
OUTSIDE = """() => [...document.querySelectorAll('.chart')].flatMap(figure => { const room = figure.getBoundingClientRect();
    return [...figure.querySelectorAll('svg text')].filter(text => { const box = text.getBoundingClientRect();
        return box.width && (box.right > room.right || box.left < room.left); }).map(text => text.textContent); })"""
#: Marks of drawings in the color of what is behind them.
UNSEEN = """() => [...document.querySelectorAll('.chart-svg .line, .chart-svg .fig-bars, .chart-svg text, .layer-area')].filter(mark => {
    const style = getComputedStyle(mark), ground = getComputedStyle(mark.closest('figure')).backgroundColor;
    const ink = mark.tagName === 'text' ? style.fill : style.stroke; return ink === ground || ink === 'none'; }).map(mark => mark.outerHTML.slice(0, 80))"""
#: Captions of tables that are broken into a tower of letters.
CAPTIONS = """() => [...document.querySelectorAll('caption')].filter(caption => caption.checkVisibility()
    && caption.getBoundingClientRect().width < 120).map(caption => caption.textContent)"""
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
OPEN = "details => details.map(one => one.querySelector('table').checkVisibility({contentVisibilityAuto: true}))"


def shown(page):
    """The titles of the events that can be seen."""
    return page.locator(".timeline-events > li >> visible=true").locator(".timeline-title").all_inner_texts()  # fmt: skip


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_dev_narrows_the_timeline_to_a_topic_by_keyboard(browser_page, js):
    page = browser_page("dev", js=js, width=360)
    page.goto(RULES)
    assert len(shown(page)) == 11

    page.get_by_role("radio", name="All topics (11)").focus()
    page.keyboard.press("ArrowDown")

    assert shown(page) == [
        "Zoning by race is struck down", "Covenants stand", "Shelley v. Kraemer", "Jones v. Mayer",
    ]  # fmt: skip
    said = page.locator("[data-timeline-status]").inner_text()
    assert said == ("4 of 11 events are shown." if js else "")
    page.keyboard.press("ArrowUp")
    assert len(shown(page)) == 11


def test_on_paper_a_timeline_is_whole_whatever_was_chosen(browser_page):
    page = browser_page()
    page.goto(RULES)
    page.get_by_role("radio", name="Maps (2)").check()
    assert len(shown(page)) == 2

    page.emulate_media(media="print")

    assert len(shown(page)) == 11
    assert page.locator(".timeline-topics >> visible=true").count() == 0


@pytest.mark.parametrize(("address", "drawings"), [(CHARTS, 2), (COMPARED, 1)])
def test_on_a_phone_without_a_script_figures_and_their_tables_can_be_read(
    browser_page, address, drawings
):
    page = browser_page(width=360, js=False)
    page.goto(address)

    assert page.locator(".chart-svg, .layer-svg").count() == drawings
    assert page.evaluate(SMALLEST) >= 11
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(WIDE) == 0
    summary = page.locator(".chart summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".chart details[open] table").is_visible()
    assert page.evaluate(CAPTIONS) == []


@pytest.mark.parametrize("address", [CHARTS, COMPARED])
def test_dev_opens_the_table_of_a_drawing_with_tab_and_enter(browser_page, address):
    page = browser_page("dev", width=360)
    page.goto(address)
    page.locator(".chart summary").first.wait_for()

    tab_to(page, "table", role="summary", most=150)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.matches('.chart details[open] .scroll')")
    assert page.locator(".chart details[open] table").is_visible()


@pytest.mark.parametrize("address", [CHARTS, COMPARED])
def test_on_paper_the_tables_stand_open(browser_page, address):
    page = browser_page()
    page.goto(address)
    tables = page.locator(".chart details")
    assert tables.evaluate_all(OPEN) == [False]

    page.emulate_media(media="print")

    assert wait_for(lambda: tables.evaluate_all(OPEN) == [True], 10)


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_are_seen_in_every_theme_and_in_forced_colors(browser_page, theme, forced):
    page = browser_page()
    page.emulate_media(color_scheme=theme, forced_colors=forced)
    for address in (CHARTS, COMPARED):
        page.goto(address)

        assert page.evaluate(UNSEEN) == []


def test_large_text_makes_a_drawing_move_sideways_and_not_the_page(browser_page):
    page = browser_page(width=320)
    page.goto(CHARTS)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate(WIDE) <= 0


def test_rui_takes_a_table_from_a_file_and_sees_it_before_publishing(browser_page, tmp_path):
    file = tmp_path / "homes.csv"
    file.write_text("Year,All,Hill\n1940,41,58\n2020,61,81\n")
    page = browser_page("rui", width=1400)
    lesson = LessonPage.objects.get(slug="grading-a-city")
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    field = page.locator("[data-table-field]").first
    field.scroll_into_view_if_needed()

    field.get_by_label("Or take it from a CSV file").set_input_files(file)

    assert wait_for(lambda: "homes.csv" in field.locator("[data-table-status]").inner_text(), 10)
    assert field.locator("textarea").input_value() == file.read_text()
