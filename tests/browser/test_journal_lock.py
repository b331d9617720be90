"""The journal on a screen: Hide now, Escape, the warning before it locks, Back, and a browser that keeps nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.journal.models import Choice
from tests.browser.hands import tab_to
from tests.browser.journal_ways import LOCK_ELSEWHERE, enter
from tests.house.browser import QUIET, chromium

pytestmark = pytest.mark.browser

#: Put into the page by the stories, as an entry's text would be.
SECRET = "Alder Street, and who was not asked"
WRITE = f"() => document.querySelector('main').prepend(Object.assign(document.createElement('textarea'), {{id: 'entry', value: '{SECRET}'}}))"
#: Says what is on the page when the browser brings it back whole.
BROUGHT_BACK = """() => addEventListener('pageshow', (event) => {
    console.info(`brought back: ${event.persisted}, “${document.body.innerText}”`); })"""
FIRST = "() => document.activeElement.innerText.trim()"
STORED = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, document.cookie]"""
SHOWN = "() => document.body.innerText"


@pytest.fixture
def written(browser_page):
    """Dev's open journal with a text on the page; the clock of the page stands still until a story moves it."""
    page = browser_page()
    page.clock.install()
    enter(page)
    page.evaluate(WRITE)
    return page


def escape(page, times):
    for _ in range(times):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [360, 1280])
def test_hide_now_comes_first_and_is_always_in_sight(browser_page, width):
    page = browser_page(width=width)
    enter(page)
    page.evaluate(
        "() => { document.querySelector('main').style.minHeight = '300vh'; scrollTo(0, 1500); }"
    )
    hide = page.get_by_role("button", name="Hide now")
    in_sight = hide.bounding_box()["y"]

    page.evaluate("() => scrollTo(0, 0)")
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FIRST))

    assert seen == ["Hide now", "Lock", "Skip to content"]
    assert 0 <= in_sight < 60
    assert page.evaluate("() => document.querySelector('.journal-strip').offsetHeight") <= 64


def test_hide_now_shows_another_page_and_locks(written):
    page = written

    page.get_by_role("button", name="Hide now").click()
    page.wait_for_url("**/away/")

    assert "ournal" not in page.title() + page.evaluate(SHOWN)
    page.goto("/journal/")
    assert page.url.endswith("/journal/open/?next=%2Fjournal%2F")


def test_hide_now_works_without_a_script(browser_page):
    page = browser_page(js=False)
    enter(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/away/")

    page.goto("/journal/")
    assert page.url.endswith("/journal/open/?next=%2Fjournal%2F")


def test_escape_three_times_does_the_same(written):
    page = written
    page.locator("#entry").focus()

    escape(page, 2)
    page.wait_for_timeout(1700)
    escape(page, 2)
    stayed = page.url
    escape(page, 1)
    page.wait_for_url("**/away/")

    assert stayed.endswith("/journal/")


def test_a_press_that_closes_something_counts_once_and_a_held_key_is_one_press(written):
    page = written
    page.get_by_role("button", name="Your account").click()

    escape(page, 1)
    closed = not page.locator("#account-menu").is_visible()
    for _ in range(5):
        page.keyboard.down("Escape")  # the browser repeats it
    page.keyboard.up("Escape")

    assert closed
    assert page.url.endswith("/journal/")
    assert page.locator("#entry").input_value() == SECRET


def test_escape_can_be_turned_off(written, cast):
    page = written
    page.goto("/journal/choices/")
    page.get_by_label("Pressing Escape three times hides the journal").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()

    escape(page, 5)
    page.wait_for_timeout(500)

    assert page.url.endswith("/journal/choices/")
    assert Choice.objects.get(member=cast["dev"]).escape_hides is False


def test_two_minutes_before_it_says_so_and_stay_keeps_it_open(written):
    page = written
    stays = []
    page.on("request", lambda sent: stays.append(sent.method) if "/stay/" in sent.url else None)
    page.locator("#entry").focus()
    page.clock.fast_forward("12:50")
    early = page.get_by_role("button", name="Stay").is_visible()

    page.clock.fast_forward("00:15")
    page.get_by_role("button", name="Stay").wait_for()
    words, focused = (
        page.get_by_role("alert").inner_text(),
        page.evaluate("() => document.activeElement.id"),
    )
    tab_to(page, "Stay")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stay").wait_for(state="hidden")
    page.clock.fast_forward("12:30")

    assert (early, focused, stays) == (False, "entry", ["POST"])
    assert words.startswith("The journal locks at ")
    assert not page.get_by_role("button", name="Stay").is_visible()


def test_typing_is_activity_every_half_minute_at_most(written):
    """By the page's own clock, which also goes on by itself: a slow machine types for half a minute, too."""
    page = written
    stays = []
    page.on("request", lambda sent: stays.append(sent.method) if "/stay/" in sent.url else None)

    page.locator("#entry").press_sequentially("and then ")
    page.clock.run_for(10_000)
    before = (len(stays), half_minutes(page))
    with page.expect_response("**/stay/"):
        page.clock.run_for(21_000)
    page.locator("#entry").press_sequentially("more ")
    page.clock.run_for(10_000)

    assert before[0] <= before[1]
    assert set(stays) == {"POST"}
    assert len(stays) <= half_minutes(page)


def half_minutes(page):
    """How many have passed since the page began, by its own clock."""
    return page.evaluate("Math.floor(performance.now() / 30_000)")


def test_at_the_end_the_page_empties_itself_after_what_was_typed_is_saved(written):
    page = written
    page.evaluate(
        """() => document.addEventListener('journal:locking', (event) => {
            const text = document.querySelector('#entry').value;
            event.detail.waitFor(fetch('/journal/stay/?saved=' + text.length)); })"""
    )
    sent = []
    page.on("request", lambda one: sent.append(one.url.partition("/journal/")[2]))

    with time_machine.travel(timezone.now() + timedelta(minutes=14, seconds=57), tick=True):
        page.clock.fast_forward("14:57")
        page.wait_for_url("**/journal/open/**")

        assert sent[:3] == ["stay/", f"stay/?saved={len(SECRET)}", "lock/"]
        assert SECRET not in page.content()
        assert page.get_by_role("heading", level=1).inner_text() == "Your journal is locked"


def test_another_tab_that_is_busy_keeps_this_one_open(written):
    page = written
    other = page.context.new_page()
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=True):
        other.goto("/journal/")
        with page.expect_response("**/stay/"):
            page.clock.fast_forward("14:57")
        page.wait_for_timeout(300)

        assert page.url.endswith("/journal/")
        assert page.locator("#entry").input_value() == SECRET


def test_a_machine_that_slept_shows_nothing_while_it_asks(written):
    page = written
    page.route("**/stay/", lambda route: None)  # never answered

    page.clock.fast_forward("01:00:00")

    assert page.evaluate("() => getComputedStyle(document.body).visibility") == "hidden"


def test_back_after_lock_shows_nothing(written):
    page = written
    page.goto("/journal/choices/")
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/journal/open/**")

    page.go_back()

    assert page.url.endswith("/journal/open/?next=%2Fjournal%2F")
    assert SECRET not in page.content()


def without_no_store(route):
    """Chromium puts no page away whole that says `no-store`; others do."""
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if name != "cache-control"}
    route.fulfill(response=answer, headers=headers)


@pytest.fixture
def keeping(browser, site):
    """Dev's open journal in a browser that keeps whole pages for its Back, as people's browsers do."""
    kept = browser.browser_type.launch(
        executable_path=chromium(),
        chromium_sandbox=False,
        args=QUIET,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = kept.new_context(base_url=site).new_page()
    page.route("**/journal/", without_no_store)
    enter(page)
    page.evaluate(WRITE)
    yield page
    kept.close()


@pytest.mark.parametrize("locks", [True, False])
def test_a_page_that_is_left_is_put_away_empty(keeping, locks):
    """B12: brought back by the browser itself, it shows nothing and asks the server."""
    page, shown = keeping, []
    page.on("console", lambda line: shown.append(line.text))
    page.evaluate(BROUGHT_BACK)
    if locks:
        page.evaluate(LOCK_ELSEWHERE)
    page.goto("/learn/")

    page.go_back(wait_until="commit")
    page.get_by_role("heading", level=1).wait_for()

    assert [words for words in shown if "brought back" in words] == ["brought back: true, “”"]
    assert SECRET not in page.content()
    assert ("/journal/open/" in page.url) == locks


def test_nothing_is_kept_in_the_browser(written):
    page = written
    page.locator("#entry").fill("more")
    with page.expect_response("**/stay/"):
        page.clock.run_for(31_000)
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/journal/open/**")

    assert page.evaluate(STORED) == [0, 0, 0, 0, ""]
