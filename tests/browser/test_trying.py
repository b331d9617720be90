"""Trying something in a lesson in a real browser: by keyboard alone, with JavaScript off, at 360 pixels, on paper."""

import pytest

from tests.browser.hands import tab_to

CHECKED = "/learn/how-redlining-worked/grading-a-city/"
SORTED = "/learn/shared-language/four-levels-of-racism/"
MAPPED = "/learn/shared-language/agreeing-our-meanings/"
WIDTH = "document.documentElement.scrollWidth"
FOCUSED = "document.activeElement.innerText"
#: What a printed box looks like, by the kind of input: its fill and whether the browser draws its own.
BOXES = """part => [...part.querySelectorAll('input:not([type=hidden])')]
    .map(box => getComputedStyle(box)).map(style => [style.appearance, style.backgroundColor])"""
pytestmark = pytest.mark.browser


def part_of(page, field):
    """The block whose form has this field."""
    return page.locator(f"[data-answers]:has([name^={field}])")


def test_a_check_by_keyboard_alone_and_again(browser_page):
    page = browser_page()
    page.goto(CHECKED)
    part_of(page, "choice").locator("h2").focus()

    tab_to(page, "Local real estate brokers")
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=choice]:checked").get_attribute("value") == "2"
    tab_to(page, "Show what is right, and why", role="button")
    page.keyboard.press("Enter")

    told = page.locator(".answers-told")
    told.wait_for()
    assert page.evaluate(FOCUSED) == "What is right, and why"
    assert told.locator("li", has_text="You chose this").count() == 1
    assert (
        told.locator("[aria-live], [role=alert], [role=status]").count() == 0
    )  # read once, by the focus
    assert page.url.endswith(CHECKED)
    assert page.context.cookies() == []

    tab_to(page, "Try again", role="a")
    page.keyboard.press("Enter")

    assert page.evaluate(FOCUSED) == "A question to check yourself"
    assert page.locator("[name=choice]:checked").get_attribute("value") == "2"
    assert page.locator(".answers-told").count() == 0


def test_nothing_chosen_is_said_where_the_focus_is(browser_page):
    page = browser_page(width=360)
    page.goto(CHECKED)

    page.get_by_role("button", name="Show what is right, and why").click()

    page.get_by_text("Nothing is chosen yet.").wait_for()
    assert page.evaluate(FOCUSED).startswith("Nothing is chosen yet.")
    page.get_by_label("Local real estate brokers").check()
    page.get_by_role("button", name="Show what is right, and why").click()
    page.locator(".answers-told").wait_for()


def test_a_check_without_javascript_is_a_page_and_leads_back(browser_page):
    page = browser_page(js=False)
    page.goto(CHECKED)

    page.get_by_label("The people who lived on the streets").check()
    page.get_by_role("button", name="Show what is right, and why").click()

    page.wait_for_url("**/try/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Grading a city"
    assert "choice" not in page.url
    page.locator(".sources #source-RL04").wait_for()
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url(f"**{CHECKED}#block-*")
    assert page.locator("[name=choice]:checked").count() == 0


@pytest.mark.parametrize("js", [True, False])
def test_a_sorting_goes_on_where_it_was_left(browser_page, js):
    page = browser_page(width=360, js=js)
    page.goto(SORTED)
    case = page.get_by_role("group", name="A student with good marks")

    case.get_by_label("Between people").check()
    page.get_by_role("button", name="Show where each belongs, and why").click()

    told = page.locator(".answers-told")
    told.wait_for()
    assert "We would put it at" in told.locator("li").first.inner_text()
    page.wait_for_load_state()
    assert told.get_by_text("Still open").count() == 7
    assert page.evaluate(WIDTH) <= 360
    for open_case in told.get_by_role("group").all():
        open_case.get_by_label("Across many of them").check()
    told.get_by_role("button", name="Show these too").click()
    told.get_by_text("Still open").first.wait_for(state="detached")
    page.wait_for_load_state()
    assert told.get_by_text("You put it at").count() == 8


@pytest.mark.parametrize("js", [True, False])
def test_a_map_is_written_alone_compared_and_written_on(browser_page, js):
    page = browser_page(width=360, js=js)
    page.goto(MAPPED)
    words = "Two buses,\nand <b>rain</b>"

    page.get_by_label("Tasha: Getting there").fill(words)
    page.get_by_role("button", name="Compare", exact=True).click()

    told = page.locator(".answers-told")
    told.wait_for()
    mine = told.locator("td[data-label='What you wrote']", has_text="Two buses")
    assert mine.inner_text().endswith("and <b>rain</b>")
    assert told.get_by_text("at 5 stages of 5").is_visible()
    assert page.evaluate(WIDTH) <= 360
    told.get_by_role("button", name="Back to what you wrote").click()
    page.get_by_label("Tasha: Getting there").wait_for()
    assert page.get_by_label("Tasha: Getting there").input_value() == words


def test_a_map_can_be_compared_without_a_word(browser_page):
    page = browser_page()
    page.goto(MAPPED)
    part_of(page, "cell").locator("h2").focus()

    tab_to(page, "Compare without writing", role="button")
    page.keyboard.press("Enter")

    table = page.get_by_role("table", name="Everybody at each stage")
    table.wait_for()
    assert table.get_by_role("columnheader").all_inner_texts() == ["Person", "What stands in the way", "What helps", "Who holds the key"]  # fmt: skip
    assert page.evaluate(FOCUSED) == "The map, compared"


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_case_is_sorted_and_a_cell_written_by_keyboard_alone(browser_page, js):
    page = browser_page(width=360, js=js)
    page.goto(SORTED)
    tab_to(page, "Inside a person", role="input", most=80)
    page.keyboard.press("ArrowDown")
    tab_to(page, "Show where each belongs, and why", role="button")
    page.keyboard.press("Enter")
    page.get_by_text("You put it at").first.wait_for()
    assert "Between people" in page.locator(".answers-told li").first.inner_text()

    page.goto(MAPPED)
    tab_to(page, "Tasha", role="textarea", most=120)
    page.keyboard.type("Rain at the stop")
    tab_to(page, "Compare", role="button", exact=True)
    page.keyboard.press("Enter")

    page.get_by_text("at 5 stages of 5").wait_for()
    page.wait_for_load_state()
    assert page.locator("td", has_text="Rain at the stop").count() == 1


def test_without_a_network_the_browser_sends_the_form_itself(browser_page):
    page = browser_page()
    page.goto(CHECKED)
    page.get_by_label("Local real estate brokers").check()
    page.route("**/try/**", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())  # fmt: skip

    page.get_by_role("button", name="Show what is right, and why").click()

    page.wait_for_url("**/try/**")
    assert page.locator("li", has_text="You chose this").count() == 1


@pytest.mark.parametrize(
    ("address", "field", "boxes"), [(CHECKED, "choice", 3), (SORTED, "case", 32)]
)
def test_on_paper_the_boxes_are_empty_and_nothing_is_given_away(
    browser_page, address, field, boxes
):
    page = browser_page()
    page.goto(address)
    part = part_of(page, field)
    part.locator("input:not([type=hidden])").first.check()

    page.emulate_media(media="print")

    assert part.evaluate(BOXES) == [["none", "rgb(255, 255, 255)"]] * boxes
    assert part.get_by_role("button").count() == 0
    assert "HOLC said so in 1936" not in page.locator("main").inner_text()


def test_on_paper_a_map_has_room_to_write(browser_page):
    page = browser_page()
    page.goto(MAPPED)
    page.emulate_media(media="print")

    heights = page.locator("[name^=cell-]").evaluate_all("fields => fields.map(field => field.offsetHeight)")  # fmt: skip

    assert len(heights) == 20
    assert min(heights) >= 60
    assert page.get_by_text("The people here are invented.").is_visible()
    assert "Two buses" not in page.locator("main").inner_text()
