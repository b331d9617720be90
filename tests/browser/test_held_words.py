"""Dev’s journal locks while what he typed cannot be saved: the words are held unseen, and none is lost."""

import pytest

from accountability.journal.actions import save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text, text_of
from tests.browser.hands import PASSWORD
from tests.browser.journal_ways import LOCK_ELSEWHERE, enter
from tests.scripts.processes import wait_for

pytestmark = pytest.mark.browser

KEEP = "**/keep/**"


@pytest.fixture
def writing(browser_page):
    """A new page of Dev’s journal."""
    page = browser_page()
    enter(page)
    page.goto("/journal/write/")
    return page


def text(page):
    return page.get_by_label("Your text")


def kept(page, words="Draft saved at"):
    page.locator("[data-kept]", has_text=words).wait_for()


def held(page):
    """The page has emptied and locked; returns what a person sees of it."""
    page.get_by_role("heading", name="This page has locked").wait_for()
    return page.locator("body").inner_text()


def open_again(page):
    door = page.context.new_page()
    door.goto("/journal/open/")
    door.get_by_role("link", name="Use your password").click()
    door.get_by_label("Password", exact=True).fill(PASSWORD)
    door.get_by_role("button", name="Confirm").click()
    door.wait_for_url("**/journal/")
    return door


def lock(page):
    page.get_by_role("button", name="Lock").click()


def bodies():
    return sorted(text_of(row).body for row in Draft.objects.all())


def test_signed_out_in_another_tab_the_words_wait_until_they_are_asked_for(writing):
    page = writing
    text(page).fill("Before. ")
    kept(page)
    page.context.clear_cookies()
    text(page).press_sequentially("During.")
    kept(page, "Not saved: you were signed out")

    text(page).press_sequentially(" After.")
    lock(page)
    shown = held(page)
    page.get_by_role("button", name="Show what I typed").click()
    page.get_by_role("heading", name="Your text is still here").wait_for()

    assert "Before" not in shown
    assert text(page).input_value() == "Before. During. After."


def test_a_page_that_is_too_old_goes_on_and_loses_nothing_when_it_locks(writing):
    """Another tab signed in anew: this page’s token does no more, though the journal is open."""
    page = writing
    text(page).fill("Before. ")
    kept(page)
    page.evaluate(
        "() => { document.querySelector('#writing [name=csrfmiddlewaretoken]').value = 'x'.repeat(64); }"
    )
    text(page).press_sequentially("During.")
    kept(page, "Not saved: you were signed out")

    lock(page)
    held(page)
    page.get_by_role("button", name="Show what I typed").click()
    page.wait_for_load_state()

    assert text(page).input_value() == "Before. During."


def test_too_much_is_held_and_comes_back_in_the_editor(writing):
    page = writing
    text(page).fill("long " * 21_000)
    kept(page, "an entry holds")

    lock(page)
    shown = held(page)
    open_again(page)
    page.get_by_text("All of it still stands below").first.wait_for()

    assert "long" not in shown
    assert text(page).input_value() == "long " * 21_000


def test_a_tag_that_is_too_long_keeps_no_text_unsaved(writing):
    page = writing
    page.get_by_label("Tags").fill("b" * 41)
    text(page).fill("I laughed.")
    kept(page)

    lock(page)
    page.wait_for_url("**/journal/open/**")

    assert bodies() == ["I laughed."]


def test_a_choice_that_was_not_made_is_held_and_asked_for_again(browser_page, cast):
    entry = save_entry(by=cast["dev"], entry_id=Draft().pk, text=Text(body="I."), seen=0)
    one = browser_page()
    enter(one)
    two = one.context.new_page()
    for page in (one, two):
        page.goto(f"/journal/{entry.pk}/write/")
    text(one).fill("From one.")
    kept(one)
    text(two).fill("From two.")
    two.get_by_role("heading", name="The text of the other tab").wait_for()

    lock(two)
    shown = held(two)
    open_again(two)
    two.get_by_role("button", name="Go on with what I typed here").wait_for()

    assert "From" not in shown
    two.get_by_role("button", name="Go on with what I typed here").click()
    two.wait_for_url("**/write/")
    assert text(two).input_value() == "From two."
    assert bodies() == ["From one.", "From two."]


def test_thrown_away_in_another_tab_it_is_held_too(writing):
    page = writing
    text(page).fill("Gone.")
    kept(page)
    page.goto(page.url)
    Draft.objects.all().delete()
    text(page).fill("Gone. Or not.")
    kept(page, "Not saved: this was deleted")

    lock(page)
    held(page)
    open_again(page)
    page.get_by_text("What you were writing in is not here any more").wait_for()

    assert text(page).input_value() == "Gone. Or not."


def test_the_first_save_that_fails_may_be_the_last_one(writing):
    """Nothing had failed before: the words that the last save does not bring through are held all the same."""
    page = writing
    page.route(KEEP, lambda route: route.abort())
    text(page).fill("Just now.")

    lock(page)
    held(page)
    page.unroute(KEEP)
    door = open_again(page)
    page.wait_for_url("**/journal/open/**", timeout=15_000)

    assert bodies() == ["Just now."]
    door.goto("/journal/")


@pytest.mark.parametrize(
    ("button", "ends"), [("Lock", "**/journal/open/**"), ("Hide now", "**/away/")]
)
def test_every_tab_of_the_journal_goes_with_the_first(browser_page, cast, button, ends):
    entry = save_entry(by=cast["dev"], entry_id=Draft().pk, text=Text(body="I laughed."), seen=0)
    page = browser_page()
    enter(page)
    other, third = page.context.new_page(), page.context.new_page()
    other.goto(f"/journal/{entry.pk}/")
    third.goto("/journal/write/")
    text(third).fill("In a third tab.")
    kept(third)

    page.get_by_role("button", name=button, exact=True).click()
    for tab in (page, other, third):
        tab.wait_for_url(ends)

    assert "I laughed." not in other.content()
    assert bodies() == ["In a third tab."]


def test_what_another_tab_could_not_save_before_the_lock_is_held_there(writing):
    page = writing
    other = page.context.new_page()
    other.goto("/journal/")
    page.route(KEEP, lambda route: route.abort())
    text(page).fill("In the other tab.")

    lock(other)
    shown = held(page)
    page.unroute(KEEP)
    open_again(page)
    page.wait_for_url("**/journal/open/**", timeout=15_000)

    assert "In the other tab." not in shown
    assert bodies() == ["In the other tab."]


def test_a_page_in_the_background_asks_before_it_shows_anything(writing):
    page = writing
    turn = """(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange')); }"""
    sight = "() => getComputedStyle(document.body).visibility"
    text(page).fill("I laughed.")
    kept(page)
    page.evaluate(turn, True)
    away = page.evaluate(sight)
    with page.expect_response("**/stay/"):
        page.evaluate(turn, False)
    page.wait_for_function(
        "() => !document.documentElement.dataset.veiled && document.activeElement.id === 'id_body'"
    )
    back = page.evaluate(sight)
    page.evaluate(turn, True)
    page.evaluate(LOCK_ELSEWHERE)
    page.evaluate(turn, False)
    page.wait_for_url("**/journal/open/**")

    assert (away, back) == ("hidden", "visible")


def test_words_on_a_page_that_has_locked_are_covered_and_stay(browser_page):
    page = browser_page()
    page.clock.install()
    enter(page)
    page.goto("/journal/write/")
    text(page).fill("Typed after the lock.")
    page.evaluate(LOCK_ELSEWHERE)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Your text is still here").wait_for()
    page.wait_for_load_state()  # its scripts have begun, so that they see the clock go on
    first = text(page).is_visible()

    page.clock.run_for(14 * 60_000)
    before = text(page).is_visible()
    page.clock.run_for(61_000)
    idle = text(page).is_visible()
    page.get_by_role("button", name="Show what I typed").click()
    shown = text(page).input_value()
    other = open_again(page)
    other.get_by_role("button", name="Hide now").click()
    page.get_by_role("button", name="Show what I typed").wait_for()

    assert (first, before, idle, text(page).is_visible()) == (True, True, False, False)
    assert shown == "Typed after the lock."
    assert text(page).input_value() == "Typed after the lock."
    assert Entry.objects.count() == 0


def test_hide_saves_the_last_words_and_locks_by_one_request(writing):
    page, sent = writing, []
    page.on(
        "request",
        lambda one: (
            sent.append(one.url.partition("/journal/")[2]) if one.method == "POST" else None
        ),
    )
    text(page).fill("Somebody comes in.")

    page.get_by_role("button", name="Hide now").click()
    page.wait_for_url("**/away/")

    def locked():
        page.goto("/journal/")
        return "/journal/open/" in page.url

    assert wait_for(locked, 10)  # the page has gone before its request is answered
    assert sent == ["write/keep/"]
    assert bodies() == ["Somebody comes in."]
