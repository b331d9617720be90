"""Drafts in a real browser: saved while one types, never in the way."""

import pytest

from caucuses.threads.actions.drafting import draft_in
from caucuses.threads.models import Draft, Post
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import begun, here

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def thread(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    return elu, begun(dev).thread


def test_what_is_typed_is_saved_restored_and_gone_once_posted(thread, browser_page):
    elu, talk = thread
    page = browser_page("elu")
    page.goto(here(elu, f"{talk.pk}/"))
    box = page.get_by_label("Your reply")

    box.fill("I was going to say")
    page.get_by_text("Saved as a draft at").wait_for()

    assert page.evaluate("document.activeElement.id") == "id_text"
    assert str(draft_in(elu, talk).text) == "I was going to say"
    page.reload()
    assert box.input_value() == "I was going to say"
    box.fill("I say it.")
    with page.expect_navigation():
        page.get_by_role("button", name="Post reply").click()
    page.get_by_text("I say it.").wait_for()
    assert Draft.objects.filter(seat=elu).count() == 0
    assert Post.objects.filter(thread=talk).count() == 2


def test_two_tabs_show_both_texts(thread, browser_page):
    elu, talk = thread
    page = browser_page("elu")
    page.goto(here(elu, f"{talk.pk}/"))
    other = page.context.new_page()
    other.goto(here(elu, f"{talk.pk}/"))
    other.get_by_label("Your reply").fill("From the phone.")
    other.get_by_text("Saved as a draft at").wait_for()

    page.get_by_label("Your reply").fill("From the desk.")
    page.get_by_text("Both texts are on this page").wait_for()

    assert page.get_by_text("From the phone.").is_visible()
    page.get_by_role("button", name="Put both into the form").click()
    page.get_by_text("Saved as a draft at").wait_for()
    kept = str(draft_in(elu, talk).text)
    assert "From the desk." in kept
    assert "From the phone." in kept


#: A hundred times as fast, and how long each timer was to wait.
HURRY = """
  window.waits = [];
  const wait = window.setTimeout;
  window.setTimeout = (act, ms = 0, ...given) => {
    window.waits.push(ms);
    return wait(act, ms / 100, ...given);
  };
"""
HIDE = """() => {
  Object.defineProperty(document, "hidden", { get: () => true });
  window.waits = [];
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_an_open_page_asks_every_five_seconds_and_each_minute_while_nobody_looks(
    thread, browser_page
):
    elu, talk = thread
    page, asked = browser_page("elu"), []
    page.add_init_script(HURRY)
    page.on("request", lambda one: asked.append(one.url) if "/new/?after=" in one.url else None)

    page.goto(here(elu, f"{talk.pk}/"))
    page.wait_for_function("() => waits.filter((ms) => ms === 5000).length > 3")
    seen = len(asked)
    page.evaluate(HIDE)
    page.wait_for_function("() => waits.filter((ms) => ms === 60000).length > 3")

    assert seen >= 3  # each wait but the first follows an answer
    assert len(asked) - seen >= 3
    assert page.evaluate("waits.includes(5000)") is False
