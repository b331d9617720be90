"""Dev takes his journal along, reads it in a browser without a network, and brings it back."""

import zipfile
from uuid import uuid4

import pytest

from accountability.journal.actions import id_for, save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Prompt, Text, text_of
from tests.browser.journal_ways import enter

pytestmark = pytest.mark.browser

TEXTS = (
    Text(title="That Tuesday", body="I laughed when **she** was interrupted.", tags=("silence",)),
    Text(title="Überall Regen", body="<script>document.title = 'no'</script> It rained.", tags=("meetings", "silence")),
    Text(body="A list:\n\n- one\n- two", prompt=Prompt("What did you see?", "Shared language", "/learn/shared-language/")),
)  # fmt: skip
SHOWN = "() => [...document.querySelectorAll('article.entry')].filter((one) => one.checkVisibility()).map((one) => one.querySelector('.body').innerText.trim())"


@pytest.fixture
def unpacked(browser_page, cast, tmp_path):
    """The folder that came out of the download."""
    for text in TEXTS:
        save_entry(by=cast["dev"], entry_id=id_for(cast["dev"], uuid4()), text=text, seen=0)
    page = browser_page()
    enter(page)
    page.goto("/journal/export/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the zip file").click()
    archive = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(archive)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "unpacked")
    return page, archive, tmp_path / "unpacked"


def reading(browser, folder, **options):
    """The page as it opens from the disk, with every request it makes and every complaint."""
    page = browser.new_context(**options).new_page()
    heard = []
    page.on("request", lambda one: heard.append(one.url))
    page.on("console", lambda one: heard.append(one.text))
    page.on("pageerror", lambda one: heard.append(str(one)))
    page.goto((folder / "index.html").as_uri())
    return page, heard


def test_the_page_reads_without_a_network_and_its_search_finds(unpacked, browser):
    _page, _archive, folder = unpacked

    page, heard = reading(browser, folder, offline=True)
    all_of_them = page.evaluate(SHOWN)
    page.get_by_label("Search in your entries").fill("UBERALL silence")
    page.get_by_text("1 of 3 shown").wait_for()
    one = page.evaluate(SHOWN)
    page.get_by_label("Search in your entries").fill("")
    page.wait_for_timeout(300)

    assert len(all_of_them) == 3
    assert one == ["<script>document.title = 'no'</script> It rained."]
    assert page.evaluate(SHOWN) == all_of_them
    assert page.title() == "Journal"
    assert heard == [(folder / "index.html").as_uri()]
    page.context.close()


def test_it_is_complete_without_its_script(unpacked, browser):
    _page, _archive, folder = unpacked

    page, _heard = reading(browser, folder, java_script_enabled=False)

    assert page.locator("article.entry").count() == 3
    assert page.get_by_label("Search in your entries").is_visible() is False
    page.context.close()


def test_it_comes_back_whole(unpacked, cast):
    page, archive, _folder = unpacked
    Entry.objects.of(cast["dev"]).delete()

    page.goto("/journal/import/")
    page.get_by_label("Files").set_input_files(archive)
    page.get_by_role("button", name="Bring in").click()
    page.get_by_text("3 entries were brought in.").wait_for()

    back = {text_of(row) for row in Entry.objects.of(cast["dev"])}
    assert back == set(TEXTS)
