"""An editor makes a block in the form of a lesson by keyboard alone, with a pasted table, publishes it, and it is read."""

import pytest

from tests.browser.hands import tab_to
from tests.curriculum.editing import publish, short_lesson

pytestmark = pytest.mark.browser

LESSON = "/learn/how-redlining-worked/grading-a-city/"
ABOUT = (
    ("Key of the source", "RL04"), ("Year", "2020"), ("Method", "Made up to practice on."),
    ("What was not collected", "Nobody asked on the South bank in 2020."),
)  # fmt: skip
PRESS = None
#: What is there after a button was pressed.
HERE = {
    "Choose redlining map": "() => document.querySelector('[role=dialog] [data-chooser-modal-choice]')",
    "Riverbend 1938": "() => !document.body.classList.contains('modal-open')",
    "Add": "() => document.activeElement.name?.endsWith('-value-date')",
}
#: As it comes out of a spreadsheet: columns parted by tabs.
GRADES = "Grade\tOwn their home\nA\t81%\nB\t70%\nC\t52%\nD\t\n"
#: What is reached with Tab (without a name: what has the focus already) and what is typed there, in the order of the form.
CHART = (
    ("Unit", "percent of households"), ("Table", "Year,All,Hill\n1940,41,58\n2020,61,\n"), ("Column of all together", "All"),
    *ABOUT,
)  # fmt: skip
THEN_NOW = (
    ("Choose redlining map", PRESS), ("Riverbend 1938", PRESS), ("What the figures are", "percent of households"),
    ("Figures of now", GRADES), *ABOUT, ("Caution", "A line drawn then is not the only cause."),
)  # fmt: skip
TIMELINE = (
    ("Date", "1937-05"), ("Title", "A survey"), ("What happened", "Two brokers grade the streets [@RL04]."),
    ("Add", PRESS), ("", "1931"), ("Title", "A bridge"), ("What happened", "The council builds it."),
)  # fmt: skip
#: The first and the last cell of each row.
ROWS = (
    "rows => rows.map(row => [row.cells[0], [...row.cells].at(-1)].map(cell => cell.textContent))"
)


def made(page, kind, title, steps):
    """Put a block at the end of the lesson's body and fill it, without a mouse."""
    lesson = publish(short_lesson())
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    add = page.get_by_role("button", name="Insert a block").last
    add.focus()
    page.keyboard.press("Enter")
    tab_to(page, "", role="input")
    page.keyboard.type(kind)
    page.get_by_role("option", name=kind).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.name?.endsWith('-value-title')")
    page.keyboard.type(title)
    for name, typed in steps:
        if name:
            tab_to(page, name, exact=typed == PRESS, most=150)
        if typed == PRESS:
            page.keyboard.press("Enter")
            page.wait_for_function(HERE[name])
        else:
            page.keyboard.insert_text(typed)  # as pasting does


def published(page):
    """Publish what is in the form."""
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("has been published").first.wait_for()


@pytest.fixture
def read(browser_page):
    """The lesson as it is read on a telephone, without a script and without an account."""

    def opened():
        page = browser_page(None, width=360, js=False)
        page.goto(LESSON)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        return page

    return opened


@pytest.mark.parametrize(
    ("kind", "steps", "drawings", "rows"),
    [
        ("Data chart", CHART, 2, [["Year", "Hill"], ["1940", "58"], ["2020", "not collected"]]),
        ("Then and now", THEN_NOW, 0, [["Grade then", "Now: Own their home"], ["A, best", "81%"], ["B, still desirable", "70%"], ["C, definitely declining", "52%"], ["D, hazardous", "not collected"]]),
    ],
)  # fmt: skip
def test_rui_pastes_a_table_and_readers_get_it_drawn_and_as_a_table(
    browser_page, read, kind, steps, drawings, rows
):
    page = browser_page("rui", width=1400)
    made(page, kind, "Homes owned", steps)

    published(page)

    figure = read().get_by_role("figure", name="Homes owned")
    assert figure.locator("svg").count() == drawings
    assert figure.locator("tr").evaluate_all(ROWS) == rows
    assert "Nobody asked on the South bank in 2020." in figure.inner_text()


def test_rui_writes_a_timeline_and_readers_get_it_in_the_order_of_time(browser_page, read):
    page = browser_page("rui", width=1400)
    made(page, "Timeline", "Riverbend", TIMELINE)

    published(page)

    events = read().locator(".timeline-events > li")
    assert events.locator(".timeline-title").all_inner_texts() == ["A bridge", "A survey"]
    assert "May 1937" in events.last.inner_text()


def test_a_table_that_cannot_be_read_is_said_with_its_place_and_kept(browser_page):
    page = browser_page("rui", width=1400)
    made(page, "Data chart", "Homes owned", (*CHART[:1], ("Table", "Year,All\n1940,many\n"), *CHART[2:]))  # fmt: skip

    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").click()

    page.get_by_text(
        "Body, part 2 (Data chart): row 2, column “All”: “many” is no number."
    ).wait_for()
    page.wait_for_load_state()
    field = page.locator("[data-contentpath=csv]").last
    assert field.locator("textarea").input_value() == "Year,All\n1940,many\n"
