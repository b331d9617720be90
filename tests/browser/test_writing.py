"""Dev writes in a real browser: what he typed is on the server within seconds, whatever becomes of the page, and nowhere else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.journal.actions import save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text, text_of
from tests.browser.hands import PASSWORD, tab_to
from tests.browser.journal_ways import LOCK_ELSEWHERE, enter
from tests.browser.writing_ways import type_text

pytestmark = pytest.mark.browser

WRITE = "/journal/write/"
STORED = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, document.cookie]"""
KEPT = "[data-kept]"


@pytest.fixture
def writing(browser_page):
    """A new page of Dev's journal."""
    page = browser_page()
    enter(page)
    page.goto(WRITE)
    return page


@pytest.fixture
def entry(cast):
    return save_entry(by=cast["dev"], entry_id=Draft().pk, text=Text(body="I laughed."), seen=0)


def text(page):
    return page.get_by_label("Your text")


def kept(page, words="Draft saved at"):
    page.locator(KEPT, has_text=words).wait_for()


def the_draft():
    (found,) = Draft.objects.all()
    return text_of(found)


def drafts(page, count):
    """Waits until so many drafts are stored; a page that went sends its last one on its way out."""
    for _ in range(50):
        if Draft.objects.count() == count:
            return sorted(text_of(row).body for row in Draft.objects.all())
        page.wait_for_timeout(100)
    raise AssertionError(f"{Draft.objects.count()} drafts instead of {count}")


def test_the_pen_is_ready_and_what_is_typed_is_saved_by_itself(writing):
    page = writing

    page.keyboard.type("I laughed.")
    kept(page)

    assert the_draft() == Text(body="I laughed.")
    assert page.locator("[data-kept-aloud]").inner_text() == ""  # said to the eye alone
    assert page.url.endswith(f"/journal/{Draft.objects.get().pk}/write/")
    page.reload()
    assert text(page).input_value() == "I laughed."


def test_while_somebody_types_without_a_pause_it_is_saved_too(writing):
    page = writing
    page.clock.install()
    page.goto(WRITE)

    for _ in range(9):
        text(page).press_sequentially("and ")
        page.clock.run_for(1000)
    kept(page)

    assert "and and" in the_draft().body


def test_a_tab_that_is_closed_at_once_loses_nothing(writing):
    """The last words are on their way out with the page."""
    page = writing
    text(page).fill("The last words.")
    other = page.context.new_page()

    page.close(run_before_unload=True)
    found = drafts(other, 1)
    other.goto(WRITE)
    other.get_by_role("link", name="draft from").click()

    assert found == ["The last words."]
    assert text(other).input_value() == "The last words."


def test_a_page_that_is_left_by_a_link_loses_nothing(writing):
    page = writing
    text(page).fill("Half a sentence")

    page.get_by_role("link", name="Learn").first.click()
    page.wait_for_url("**/learn/")

    assert drafts(page, 1) == ["Half a sentence"]


def test_nothing_is_kept_in_the_browser(writing):
    page = writing
    page.get_by_label("Title").fill("Tuesday")
    text(page).fill("I laughed.")
    kept(page)
    text(page).fill("I laughed, and")
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/journal/open/**")

    assert page.evaluate(STORED) == [0, 0, 0, 0, ""]
    assert the_draft() == Text("Tuesday", "I laughed, and")


def test_a_line_that_drops_is_said_and_everything_is_saved_when_it_is_back(writing):
    page = writing
    text(page).fill("Before. ")
    kept(page)

    page.context.set_offline(True)
    text(page).press_sequentially("During.")
    kept(page, "Not saved: there is no connection.")
    aloud = page.locator("[data-kept-aloud]").inner_text()
    page.get_by_role("button", name="Save", exact=True).click()
    kept(page, "Nothing was sent: there is no connection.")
    still = text(page).input_value()
    page.context.set_offline(False)
    kept(page, "The connection is back. Draft saved at")

    assert aloud.startswith("Not saved: there is no connection.")
    assert still == "Before. During."
    assert the_draft().body == "Before. During."
    assert page.locator("[data-kept-aloud]").inner_text().startswith("The connection is back.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()
    assert text_of(Entry.objects.get()).body == "Before. During."


def test_an_answer_that_is_lost_is_no_conflict(writing):
    """The server has saved, the line drops before it can say so, and the person types on."""
    page = writing
    page.route("**/keep/", lambda route: (route.fetch(), route.abort()))
    text(page).fill("One.")
    kept(page, "Not saved")
    page.unroute("**/keep/")

    text(page).fill("One. Two.")
    kept(page, "Draft saved at")

    assert (the_draft().body, Draft.objects.get().version) == ("One. Two.", 2)


def test_a_server_that_is_away_is_asked_again(writing):
    page = writing
    page.route("**/keep/", lambda route: route.fulfill(status=503, body=""))
    text(page).fill("I laughed.")
    kept(page, "Not saved: the server does not answer.")

    page.unroute("**/keep/")
    kept(page, "Draft saved at")

    assert the_draft().body == "I laughed."


@pytest.mark.parametrize(
    ("button", "editor", "aside"),
    [
        ("Go on with what I typed here", "From two.", ["From one.", "From two."]),
        ("Go on with the other text", "From one.", ["From one.", "From two."]),
        (
            "Put both in the editor",
            "From two.\n\n---\n\nFrom one.",
            ["From two.\n\n---\n\nFrom one."],
        ),
    ],
)
def test_two_tabs_see_both_texts_and_choose(browser_page, entry, button, editor, aside):
    one = browser_page()
    enter(one)
    two = one.context.new_page()
    for page in (one, two):
        page.goto(f"/journal/{entry.pk}/write/")
    text(one).fill("From one.")
    kept(one)

    text(two).fill("From two.")
    two.get_by_role("heading", name="The text of the other tab").wait_for()
    shown = two.locator("[data-other-text]").inner_text()
    stopped = text(two).evaluate("field => field.readOnly")
    with two.expect_navigation():
        two.get_by_role("button", name=button).click()

    assert (shown, stopped) == ("From one.", True)
    assert text(two).input_value() == editor
    assert drafts(two, len(aside)) == aside
    two.get_by_role("button", name="Save", exact=True).click()
    two.wait_for_url(f"**/journal/{entry.pk}/")
    assert text_of(Entry.objects.get()).body == editor


def test_the_end_of_the_time_saves_what_was_typed_and_comes_back_to_it(browser_page):
    page = browser_page()
    page.clock.install()
    enter(page)
    page.goto(WRITE)
    text(page).fill("Just before the end.")

    with time_machine.travel(timezone.now() + timedelta(minutes=14, seconds=57), tick=True):
        page.clock.fast_forward("14:57")
        page.wait_for_url("**/journal/open/**")
        saved = the_draft().body
        page.get_by_role("link", name="Use your password").click()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url("**/journal/**/write/")

    assert saved == "Just before the end."


def test_the_end_of_the_time_while_the_line_is_down_holds_the_words_unseen(browser_page):
    page = browser_page()
    page.clock.install()
    enter(page)
    page.goto(WRITE)
    page.context.set_offline(True)
    text(page).fill("Far out at sea.")
    page.clock.run_for(4000)
    kept(page, "Not saved")
    begun = timezone.now()
    with time_machine.travel(begun + timedelta(minutes=15, seconds=5), tick=True):
        page.clock.fast_forward("15:05")
        page.clock.run_for(5000)
        page.get_by_role("heading", name="This page has locked").wait_for()
        shown = page.content()

        page.context.set_offline(False)
        page.clock.run_for(6000)
        locked = Draft.objects.count()
        door = page.context.new_page()
        door.goto("/journal/open/")
        door.get_by_role("link", name="Use your password").click()
        door.get_by_label("Password", exact=True).fill(PASSWORD)
        door.get_by_role("button", name="Confirm").click()
        door.wait_for_url("**/journal/")
        page.clock.run_for(6000)
        saved = drafts(door, 1)
        page.wait_for_url("**/journal/open/**")

    assert "Far out at sea." not in shown
    assert locked == 0
    assert saved == ["Far out at sea."]


def test_a_lock_in_another_tab_keeps_the_text_and_leads_back_to_the_editor(writing):
    page = writing
    page.evaluate(LOCK_ELSEWHERE)

    with page.expect_navigation():
        page.keyboard.type("Typed after the lock.")
    page.get_by_role("heading", name="Your text is still here").wait_for()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Show that it is you").click()
    door = opened.value
    door.get_by_role("link", name="Use your password").click()
    door.get_by_label("Password", exact=True).fill(PASSWORD)
    door.get_by_role("button", name="Confirm").click()
    door.wait_for_url("**/journal/")
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("heading", name="Write").wait_for()

    assert text(page).input_value() == "Typed after the lock."
    assert the_draft().body == "Typed after the lock."
    assert Entry.objects.count() == 0


def test_hide_now_saves_the_last_words(writing):
    page = writing
    text(page).fill("Somebody comes in.")

    page.get_by_role("button", name="Hide now").click()
    page.wait_for_url("**/away/")

    assert drafts(page, 1) == ["Somebody comes in."]


def test_the_preview_comes_above_the_form_and_has_the_focus(writing):
    page = writing
    text(page).fill("I **laughed**.")

    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="Preview").wait_for()
    focused = page.evaluate("() => document.activeElement.id")
    page.get_by_role("link", name="Back to the text").click()

    assert focused == "preview-title"
    assert page.locator("#preview strong").inner_text() == "laughed"
    assert page.evaluate("() => document.activeElement.id") == "id_body"
    text(page).fill("I *laughed*.")
    page.get_by_role("button", name="Preview").click()
    page.locator("#preview em").wait_for()
    assert page.locator("#preview").count() == 1


def test_by_keyboard_alone(writing):
    page = writing
    page.keyboard.type("I laughed.")
    page.keyboard.press("Control+s")
    kept(page)
    asked = page.locator("[data-kept-aloud]").inner_text()

    tab_to(page, "Tags")
    page.keyboard.type("meetings")
    tab_to(page, "Save", exact=True)
    page.keyboard.press("Enter")
    page.get_by_text("Saved.", exact=True).wait_for()

    assert asked.startswith("Draft saved at")
    assert text_of(Entry.objects.get()) == Text(body="I laughed.", tags=("meetings",))
    assert Draft.objects.count() == 0


def test_saved_with_no_change_it_goes_on_too(browser_page, entry):
    page = browser_page()
    enter(page)
    page.goto(f"/journal/{entry.pk}/write/")

    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**/journal/{entry.pk}/")

    assert Entry.objects.get().version == 1


def test_a_long_text_is_saved_when_the_tab_closes(writing):
    """Over what a browser sends from a page that goes: it has been saved a second after the last key."""
    page = writing
    type_text(page, "Äpfel. " * 13_000)
    kept(page)
    other = page.context.new_page()

    page.close(run_before_unload=True)

    assert len(drafts(other, 1)[0]) == 91_000


def test_far_too_much_stays_on_the_page(writing):
    page = writing
    type_text(page, "I laughed. " * 50_000)

    page.get_by_role("button", name="Save", exact=True).click()
    kept(page, "more than an entry holds")

    assert page.evaluate("() => document.querySelector('[name=body]').value.length") == 550_000


def test_without_a_script_everything_works(browser_page, entry):
    page = browser_page(js=False)
    enter(page)
    page.goto(WRITE)
    text(page).fill("I **laughed**.")

    page.get_by_role("button", name="Keep as a draft and write on").click()
    page.get_by_text("Draft saved at").wait_for()
    page.get_by_role("button", name="Preview").click()
    page.locator("#preview strong").wait_for()
    drafted = the_draft().body
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()

    assert drafted == "I **laughed**."
    assert Draft.objects.count() == 0
    assert sorted(text_of(row).body for row in Entry.objects.all()) == [
        "I **laughed**.",
        "I laughed.",
    ]
