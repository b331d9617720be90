"""What is made for paper: black on white, a page for each lesson, large print at 18 points, and a PDF without a script."""

import pytest
from django.core.management import call_command

from curriculum.paper import pdf
from tests.browser.hands import tab_to
from tests.curriculum.papers import MODULE, PLAN, PRINT, RECORD

pytestmark = pytest.mark.browser

#: Ink and ground of the sheet as they are shown.
INK = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
#: Sizes of letters on the sheet in CSS pixels, but for raised numbers.
SIZES = """() => { const walker = document.createTreeWalker(document.querySelector('.paper-sheet'), NodeFilter.SHOW_TEXT);
    const sizes = new Set();
    while (walker.nextNode()) { const part = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() && !part.closest('sup') && part.checkVisibility()) sizes.add(parseFloat(getComputedStyle(part).fontSize)); }
    return Math.min(...sizes); }"""
SCREEN_ONLY = (".bar", ".foot", ".paper-tools")
BREAKS = "sections => sections.map(section => getComputedStyle(section).breakBefore)"


@pytest.mark.parametrize(("who", "address"), [(None, PRINT), ("mo", PLAN), ("dev", RECORD)])
def test_on_paper_the_sheet_stands_alone_in_black_on_white(browser_page, who, address):
    page = browser_page(who, theme="dark", js=False, width=360)
    page.goto(address)
    assert page.evaluate(INK) != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]

    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(INK) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.get_by_role("heading", level=1).is_visible()
    assert [part for part in SCREEN_ONLY if page.locator(f"{part} >> visible=true").count()] == []


def test_each_lesson_begins_on_a_page_of_its_own_with_lines_to_write_on(browser_page):
    page = browser_page(js=False)
    page.goto(PRINT)
    page.emulate_media(media="print")

    assert (
        page.locator(".paper-lesson").evaluate_all(BREAKS) == ["page"] * 5
    )  # the last holds what is explained
    line = page.locator(".room-line").first.bounding_box()
    assert line["height"] > 30
    assert page.locator(".map-drawing").evaluate("image => image.naturalWidth") > 0


def test_large_print_is_reached_by_keyboard_and_nothing_is_smaller_than_18_points(browser_page):
    page = browser_page(js=False, width=360)
    page.goto(PRINT)
    tab_to(page, "Large print (18 point)", role="a")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Usual size of print").wait_for()

    page.emulate_media(media="print")

    assert page.evaluate(SIZES) >= 24  # pixels: 18 points
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("js", [False, True], ids=["no script", "script"])
@pytest.mark.parametrize(
    ("who", "start", "link", "address", "printed"),
    [
        (None, MODULE, "All lessons on one page, to print", PRINT, "A bell is struck once and fades within six seconds."),
        ("mo", MODULE, "Session plan for facilitators", PLAN, "Agree on a sign for leaving without a word."),
        ("dev", "/learn/", "Record of the lessons that you finished", RECORD, "It is no certificate."),
    ],
    ids=["print page", "session plan", "record"],
)  # fmt: skip
def test_what_is_made_for_paper_is_reached_by_keyboard(
    browser_page, js, who, start, link, address, printed
):
    page = browser_page(who, js=js, width=360)
    page.goto(start)
    tab_to(page, link, role="a", most=60)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.emulate_media(media="print")

    assert page.get_by_text(printed).first.is_visible()


@pytest.mark.parametrize("js", [False, True], ids=["no script", "script"])
def test_dev_chooses_the_name_on_a_record_by_keyboard_and_prints_it(browser_page, js):
    page = browser_page("dev", js=js, width=360)
    page.goto(RECORD)
    tab_to(page, "Name on the paper", role="input")
    page.keyboard.press("Control+a")
    page.keyboard.type("Devon Otieno")
    tab_to(page, "Show it so", role="button")
    page.keyboard.press("Enter")
    page.locator(".paper-sheet", has_text="Devon Otieno").wait_for()
    page.wait_for_load_state()

    page.emulate_media(media="print")

    assert page.get_by_label("Name on the paper").is_hidden()
    assert page.get_by_role("row", name="Four levels of racism").is_visible()


@pytest.mark.skipif(not pdf.is_possible(), reason="This machine has no Pango.")
@pytest.mark.parametrize("js", [False, True], ids=["no script", "script"])
def test_dev_asks_for_the_pdf_of_a_record_by_keyboard(browser_page, js):
    page = browser_page("dev", js=js, width=360)
    page.goto(RECORD)
    tab_to(page, "Name on the paper")
    page.keyboard.press("Control+a")
    page.keyboard.type("Devon Otieno")
    tab_to(page, "Make a PDF", role="button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("The PDF is being made.").wait_for()

    call_command("run_worker", "--once", verbosity=0)

    if not js:  # with a script the page looks by itself
        page.get_by_role("link", name="Look again").click()
    download = page.get_by_role("link", name="Download the PDF")
    download.wait_for()
    with page.expect_download() as fetched:
        download.click()
    assert fetched.value.suggested_filename == "record.pdf"
