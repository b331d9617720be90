"""The quiet buttons beside a post, with and without the script, by keyboard."""

import pytest

from caucuses.threads.models import LaterMark, Recognition
from tests.caucuses.story import a_room
from tests.caucuses.threads.saying import a_thread, said, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(cast, site):
    """The last of many things that Elu said."""
    _dev, elu = a_room(cast["dev"], cast["elu"])
    thread = a_thread(elu)
    return [said(elu, "It costs me sleep.\n\n" * 5, thread=thread) for _ in range(6)][-1]


def test_it_changes_in_its_place(browser_page, post):
    page = browser_page("dev")
    page.goto(talk(post))
    button = page.locator(f"#post-{post.pk}").get_by_role("button", name="I recognize this")
    button.scroll_into_view_if_needed()
    button.focus()
    at = page.evaluate("scrollY")

    page.keyboard.press("Enter")
    page.wait_for_selector(f"#post-{post.pk} button[value=unrecognize]")

    assert button.get_attribute("aria-pressed") == "true"
    assert (page.evaluate("scrollY"), page.url.endswith(talk(post))) == (at, True)
    assert page.evaluate("document.activeElement.value") == "unrecognize"
    assert Recognition.objects.count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#post-{post.pk} button[value=recognize]")
    assert Recognition.objects.count() == 0


def test_without_the_script_the_page_comes_back_at_the_post(browser_page, post):
    page = browser_page("dev", js=False, width=360)
    page.goto(talk(post))

    page.locator(f"#post-{post.pk}").get_by_role("button", name="Mark for later").click()
    page.wait_for_load_state()

    assert page.url.endswith(f"#post-{post.pk}")
    assert LaterMark.objects.count() == 1
    pressed = page.locator(f"#post-{post.pk}").get_by_role("button", name="Mark for later")
    assert pressed.get_attribute("aria-pressed") == "true"


def test_when_it_is_refused_the_page_says_why(browser_page, post):
    """The post is deleted while the page is open: the script gives way to the form, whose answer is a sentence."""
    page = browser_page("dev")
    page.goto(talk(post))
    type(post).objects.filter(pk=post.pk).update(deleted_at="2026-11-01T00:00Z")

    page.locator(f"#post-{post.pk}").get_by_role("button", name="Mark for later").click()
    page.wait_for_selector("text=This post was deleted meanwhile")

    assert LaterMark.objects.count() == 0
