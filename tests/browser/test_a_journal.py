"""A page of Dev's journal from its first word to its last: written, locked away, come back to, hidden, taken along, deleted."""

import io
import zipfile

import pytest

from accountability.journal.models import Draft, Entry
from tests.browser.hands import PASSWORD
from tests.browser.journal_ways import LOCK_ELSEWHERE, enter
from tests.browser.ways import press

pytestmark = pytest.mark.browser

BODY = "I laughed when she was interrupted."
MORE = "\n\nNext time I say her name."


def test_dev_writes_is_locked_out_comes_back_hides_exports_and_deletes(browser_page):
    page = browser_page(width=360)
    enter(page)
    page.get_by_role("link", name="Write", exact=True).first.click()
    page.get_by_label("Title").fill("That Tuesday")
    text = page.get_by_label("Your text")
    text.fill(BODY)
    page.locator("[data-kept]", has_text="Draft saved at").wait_for()

    # Locked out while typing: the words come back with the way to show that it is he.
    page.evaluate(LOCK_ELSEWHERE)
    text.fill(BODY + MORE)
    press(page, "Save")
    assert page.get_by_label("Your text").input_value().replace("\r", "") == BODY + MORE
    page.goto("/journal/")
    page.get_by_role("link", name="Use your password").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/journal/")

    # What he had typed is there to go on with.
    page.get_by_role("link", name="That Tuesday").click()
    text = page.get_by_label("Your text")
    assert text.input_value().startswith(BODY)
    text.fill(BODY + MORE)
    press(page, "Save")
    page.get_by_role("heading", level=1, name="That Tuesday").wait_for()
    assert (Entry.objects.count(), Draft.objects.count()) == (1, 0)

    # Hidden at once: the page, its title and its address say nothing, and Back shows nothing.
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/away/")
    assert "Journal" not in page.title()
    assert "laughed" not in page.content()
    page.go_back()
    page.wait_for_load_state()
    assert "laughed" not in page.content()

    # Taken along, by nobody but him.
    page.goto("/journal/export/")
    page.get_by_role("link", name="Use your password").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/journal/export/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the zip file").click()
    with open(download.value.path(), "rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    assert BODY in archive.read("index.html").decode()

    # Deleted at once, for good.
    page.goto("/journal/")
    page.get_by_role("link", name="That Tuesday").click()
    page.get_by_role("link", name="Delete").click()
    press(page, "Delete now")
    assert "That Tuesday" not in page.content()
    assert Entry.objects.count() == 0
