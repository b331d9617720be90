"""Reading the journal on a screen: by keyboard alone, without a script, at 360 and 1280 pixels, and on paper."""

import re

import pytest

from accountability.journal.models import Entry
from tests.browser.hands import tab_to
from tests.browser.journal_ways import enter
from tests.browser.reading_ways import journal_of

pytestmark = pytest.mark.browser

WIDE = "document.documentElement.scrollWidth > innerWidth"
MARKED = "marks => marks.map(mark => mark.innerText)"
INK = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
#: What is seen on paper besides the notebook.
NOISE = (
    ".bar, .foot, .journal-strip, .journal-foot, .journal-tools, .btn, .notebook .eyebrow, .as-link"
)


@pytest.fixture
def journal(cast):
    """A small journal of Elu's with one of everything."""
    return journal_of(cast["elu"])


@pytest.mark.parametrize("js", [False, True], ids=["no script", "script"])
@pytest.mark.parametrize("width", [360, 1280])
def test_by_keyboard_one_reads_deletes_and_takes_back(browser_page, journal, js, width):
    page = browser_page(js=js, width=width)
    enter(page, "elu")

    tab_to(page, "The third interruption", role="a", exact=True)  # what one was writing
    tab_to(page, "Walked past the old bank", role="a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{journal['untitled'].pk}/")
    tab_to(page, "Delete", role="a", exact=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/delete/")
    tab_to(page, "Delete", role="button", exact=True)
    page.keyboard.press("Enter")
    page.get_by_text("Deleted. For 30 days").wait_for()
    listed = page.get_by_text("Walked past the old bank").count()
    tab_to(page, "Deleted entries", role="a", most=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/deleted/")
    tab_to(page, "Take it back", role="button")
    page.keyboard.press("Enter")
    page.get_by_text("It is back in your journal.").wait_for()

    assert listed == 0
    assert page.get_by_text("Walked past the old bank").is_visible()


@pytest.mark.parametrize("js", [False, True], ids=["no script", "script"])
def test_by_keyboard_one_finds_words_that_stand_in_no_address(browser_page, journal, js):
    page = browser_page(js=js, width=360)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    enter(page, "elu")

    tab_to(page, "Find in your journal", role="input")
    page.keyboard.type("STREET alder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/search/")

    assert page.locator("mark").evaluate_all(MARKED) == ["Alder", "Street"]
    assert page.get_by_label("Words", exact=True).input_value() == "STREET alder"
    assert [url for url in asked if re.search("alder", url, re.IGNORECASE)] == []


def test_a_tag_leads_to_all_that_carry_it(browser_page, journal):
    page = browser_page(js=False)
    enter(page, "elu")

    tab_to(page, "meetings", role="button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journal/search/")

    assert page.get_by_label("Tag", exact=True).input_value() == "meetings"
    assert page.locator(".journal-day").count() == 1


def test_the_quoted_suggestion_leads_to_all_that_began_with_it(browser_page, journal):
    page = browser_page(js=False)
    enter(page, "elu")
    page.goto(f"/journal/{journal['entry'].pk}/")

    page.get_by_role("button", name="All entries with this suggestion").click()
    page.wait_for_url("**/journal/search/")

    assert (
        page.get_by_label("Suggestion", exact=True).input_value()
        == "When did you last stay silent?"
    )
    assert page.locator(".journal-name").all_inner_texts() == ["The third interruption"]


def test_for_good_is_asked_once(browser_page, journal):
    page = browser_page(js=False)
    enter(page, "elu")
    page.goto("/journal/deleted/")

    page.get_by_role("link", name="Delete it now").click()
    page.get_by_role("heading", name="Delete this entry for good?").wait_for()
    page.get_by_role("button", name="Delete now").click()
    page.get_by_text("Deleted for good.").wait_for()

    assert page.get_by_text("Nothing here waits to be taken back.").is_visible()
    assert not Entry.objects.filter(pk=journal["deleted"].pk).exists()


def test_a_damaged_entry_says_what_to_do(browser_page, journal):
    page = browser_page(width=360)
    enter(page, "elu")

    page.get_by_role("link", name="This entry cannot be opened").click()
    page.wait_for_url(f"**/{journal['shut'].pk}/")

    assert page.get_by_role("heading", level=1).inner_text() == "This entry cannot be opened"
    assert page.get_by_text("Your other entries are safe").is_visible()
    assert page.get_by_role("link", name="Edit").count() == 0


def test_each_text_runs_in_its_own_direction(browser_page, journal):
    page = browser_page(width=360)
    enter(page, "elu")
    page.goto(f"/journal/{journal['rtl'].pk}/")

    directions = [page.locator(part).evaluate("e => getComputedStyle(e).direction") for part in ("h1", ".prose", ".page")]  # fmt: skip

    assert directions == ["rtl", "rtl", "ltr"]


@pytest.mark.parametrize("address", ["print/?which=all", "{entry}/"])
def test_on_paper_stands_what_was_written_and_nothing_else(browser_page, journal, address):
    page = browser_page(theme="dark", js=False, width=360)
    enter(page, "elu")
    page.goto("/journal/" + address.format(entry=journal["entry"].pk))

    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(INK) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator(f":is({NOISE}) >> visible=true").count() == 0
    assert page.get_by_text("I said nothing when Mo").is_visible()
    assert page.get_by_text("The third interruption").is_visible()
    assert not page.evaluate(WIDE)


def test_a_long_word_and_a_long_tag_break_the_page_nowhere(browser_page, journal, cast):
    page = browser_page(width=360)
    enter(page, "elu")
    row = journal["untitled"]
    row.title, row.body, row.tags = "w" * 200, "x" * 500, f'["{"y" * 40}"]'
    row.html_by = 0
    row.save()

    wide = []
    for address in ("", f"{row.pk}/", f"{row.pk}/delete/", "print/?which=all", "search/"):
        page.goto(f"/journal/{address}")
        wide += [address] if page.evaluate(WIDE) else []

    assert wide == []
