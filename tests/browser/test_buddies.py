"""Dev and Elu as buddies, side by side in two browsers: from a request to an end, by keyboard alone, and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accountability.buddies.actions.pairs import prune_pairs
from accountability.buddies.models import Pair, Place
from core.tasks import work_off
from tests.accountability.buddies.story import worker
from tests.accountability.checkins.story import coming, hour, pair_up
from tests.browser.buddies_story import (
    EXCERPT,
    PAGE_OF_THE_JOURNAL,
    REASON,
    REWORDED,
    WHY,
    agree,
    ask,
    change,
    follow,
    hand_in,
    is_there,
    leave,
    pass_without_elu,
    promise,
    say_yes,
    share,
    start_round,
    two,
    want_a_match,
)
from tests.browser.hands import tab_to
from tests.browser.ways import press

pytestmark = pytest.mark.browser
A_WEEK = timedelta(days=7)


@pytest.fixture
def us(browser_page, cast):
    return two(browser_page, cast)


def test_from_a_request_to_a_new_partner_and_an_end(us, browser_page):
    asked_and_agreed(us)
    two_check_ins_and_a_changed_commitment(us)
    first = us.pair
    an_excerpt_taken_back(us)
    silence(us)
    a_new_partner(us, browser_page)
    an_end(us, first)


def asked_and_agreed(us):
    ask(us)
    agree(us)

    for page in (us.dev, us.elu):
        page.goto("/buddy/")
        follow(page, "What you agreed on")
        assert is_there(page, WHY)
        assert page.get_by_role("heading", name="Your agreement").is_visible()


def two_check_ins_and_a_changed_commitment(us):
    """Each sees the words of the other when both are in, and not before."""
    promise(us)
    for number in ("first", "second"):
        if number == "second":
            us.dev.goto("/commitments/")
            follow(us.dev, "Ask who is missing in each hiring panel")
            change(us)
        hand_in(us.dev, f"Dev’s {number} word.")
        us.elu.goto("/buddy/")
        follow(us.elu, "Write")
        assert not is_there(us.elu, f"Dev’s {number} word.")
        us.elu.get_by_label("What I did").fill(f"Elu’s {number} word.")
        press(us.elu, "Hand in")
        us.dev.reload()
        for page in (us.dev, us.elu):
            assert is_there(page, f"Dev’s {number} word.")
            assert is_there(page, f"Elu’s {number} word.")

    beside = us.elu.get_by_role("region", name="Commitments that you both may see")
    assert beside.get_by_text("Changed", exact=True).is_visible()
    follow(us.elu, REWORDED)
    assert is_there(us.elu, REASON)


def an_excerpt_taken_back(us):
    """While Elu has it open; the next look at it finds nothing."""
    share(us)
    us.elu.goto("/buddy/")
    follow(us.elu, "That Tuesday")
    assert is_there(us.elu, EXCERPT)
    assert not is_there(us.elu, PAGE_OF_THE_JOURNAL)

    press(us.dev, "Take it back")

    assert us.elu.reload().status == 404
    assert "laughed" not in us.elu.content()


def silence(us):
    """Elu writes nothing twice: each is asked apart. A week later Elu’s place rests, and Dev is offered a new partner."""
    pass_without_elu(us, "Alone, once.")
    asked_at = pass_without_elu(us, "Alone, twice.")
    for page in (us.dev, us.elu):
        page.goto("/buddy/")
        follow(page, "How is it going with your check-ins?")
        assert is_there(page, "Each of you is asked apart.")
    us.dev.get_by_label("Look for a new partner").check()
    press(us.dev, "Answer")
    us.elu.reload()
    assert not us.elu.get_by_label("Look for a new partner").is_checked()

    hour(asked_at + A_WEEK)

    us.elu.goto("/buddy/")
    assert us.elu.get_by_role("button", name="Come back").is_visible()
    us.dev.goto("/buddy/")
    follow(us.dev, "What you can do")
    assert is_there(us.dev, "You can also look for a new partner")
    assert Place.objects.open().get(member=us.cast["elu"]).resting_since == asked_at + A_WEEK


def a_new_partner(us, browser_page):
    """Dev leaves; he and Ben want to be matched, Ana starts a round, and both say yes."""
    leave(us.dev)
    ben, ana = browser_page("ben"), browser_page("ana")
    for page in (us.dev, ben):
        want_a_match(page)
    start_round(ana)
    assert work_off() == 1

    say_yes(us.dev)
    assert not Place.objects.open().filter(member=us.cast["dev"]).exists()
    say_yes(ben)

    us.dev.goto("/buddy/")
    assert us.dev.get_by_role("heading", level=1).inner_text() == "Your buddy"
    assert is_there(us.dev, "Ben Achterberg")
    leave(us.dev)


def an_end(us, first):
    """What was shared with Elu is read for 30 days, and taken along; then it is gone."""
    us.elu.goto(f"/buddy/{first.pk}/")
    follow(us.elu, "Take your copy")
    with us.elu.expect_download() as download:
        us.elu.get_by_role("button", name="Take the file").click()
    with open(download.value.path(), encoding="utf-8") as file:
        copy = file.read()
    assert [words in copy for words in (WHY, "Dev’s second word.", EXCERPT)] == [True, True, False]
    us.dev.goto("/buddy/")
    assert us.dev.locator("main").get_by_role("link", name="Your pair from").count() == 2

    a_month_ago = timezone.now() - timedelta(days=31)
    Pair.objects.filter(pk=first.pk).update(ended_at=a_month_ago)
    Place.objects.filter(pair=first).update(left_at=a_month_ago)
    assert prune_pairs() == 1

    assert us.elu.goto(f"/buddy/{first.pk}/").status == 404


def test_by_keyboard_alone(browser_page, cast):
    """From the page about buddies to a check-in that is handed in, without touching a mouse."""
    pair = pair_up(cast, "dev", "elu")
    page = browser_page("dev")
    page.goto("/buddy/")

    tab_to(page, "Write", role="a", exact=True)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/buddy/check-ins/{coming(pair).pk}/")
    tab_to(page, "What I avoided")
    page.keyboard.type("The director.")
    tab_to(page, "Hand in", exact=True)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert is_there(page, "It is in.")
    assert page.get_by_label("What I avoided").input_value() == "The director."


def test_without_javascript(browser_page, cast):
    """Asking, saying yes, and a check-in in which each sees the other’s words when both are in."""
    dev, elu = browser_page("dev", js=False), browser_page("elu", js=False, width=360)
    dev.goto("/buddy/")
    dev.get_by_label("Their e-mail address").fill("elu@riverton.example")
    press(dev, "Ask by address")
    assert is_there(dev, "If this person is a member, they have your request.")
    worker()  # which brings every request by address on its way
    elu.goto("/buddy/")
    press(elu, "Yes, let us be buddies")
    dev.goto("/buddy/")
    follow(dev, "Write what you agree on")
    dev.get_by_label("The first time").fill(str(timezone.localdate() + A_WEEK))
    press(dev, "Propose this text")
    elu.goto("/buddy/")
    follow(elu, "Read it")
    press(elu, "Confirm this text")

    hand_in(dev, "I asked her first.")
    hand_in(elu, "I sent the letter.")

    dev.reload()
    assert [is_there(page, words) for page in (dev, elu) for words in ("I asked her first.", "I sent the letter.")] == [True] * 4  # fmt: skip
