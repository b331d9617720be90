"""Dev, Elu and Ines in a room of their own, side by side: from an invitation to leaving, by keyboard, and without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import doors
from tests.browser.buddies_story import follow, is_there
from tests.browser.caucus_story import (
    AFTERWARDS,
    ANSWER,
    FIRST,
    KEPT,
    MORE,
    NAME,
    NOTE,
    Room,
    agree,
    begin,
    call_meeting,
    come_along,
    come_in,
    follow_in,
    invite,
    open_room,
    propose,
    said_by,
)
from tests.browser.hands import tab_to
from tests.browser.ways import press
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.browser
A_MONTH = timedelta(days=31)


@pytest.fixture
def room(browser_page, cast):
    return Room(browser_page("dev"), browser_page("elu", width=360), browser_page("ines"), cast)


def test_from_an_invitation_to_leaving(room, browser_page):
    invited_and_agreed(room)
    a_conversation(room)
    a_changed_agreement(room)
    a_meeting(room)
    a_note_to_the_whole_group(room, browser_page("ben"))
    a_report(room)
    away_from_each_other(room)
    gone(room)


def invited_and_agreed(room):
    open_room(room.dev)
    invite(room.dev, "elu@riverton.example")
    come_in(room.elu, "Elu")
    come_along(room)

    room.elu.goto("/caucuses/")
    follow(room.elu, NAME)
    assert NAME not in room.elu.title()
    follow(room.elu, "Who is here")
    assert [is_there(room.elu, name) for name in ("Dev", "Elu", "Ines")] == [True] * 3


def a_conversation(room):
    """Said, answered with a quotation, reworded and recognized, while Ines has the page open."""
    room.dev.goto(room.address)
    begin(room.dev, "After Thursday", FIRST)
    for page in (room.elu, room.ines):
        page.goto(room.address)
        follow(page, "After Thursday")
    typing = room.ines.get_by_label("Your reply")
    typing.fill(KEPT)
    room.ines.get_by_text("Saved as a draft at").wait_for()

    follow_in(room.elu, said_by(room.elu, FIRST), "Reply to this")
    room.elu.get_by_label("Your reply").fill(ANSWER)
    press(room.elu, "Post reply")
    assert said_by(room.elu, "relieved").get_by_text("Dev said").is_visible()

    news = room.ines.get_by_role("link", name="One new post", exact=True)
    news.wait_for()
    assert room.ines.evaluate("document.activeElement.id") == "id_text"
    assert typing.input_value() == KEPT
    with room.ines.expect_navigation():
        news.click()
    assert said_by(room.ines, "relieved").is_visible()
    assert room.ines.get_by_label("Your reply").input_value() == KEPT
    recognize = said_by(room.ines, "relieved").get_by_role("button", name="I recognize this")
    recognize.click()
    said_by(room.ines, "relieved").locator("button[value=unrecognize]").wait_for()

    follow_in(room.dev, said_by(room.dev, FIRST), "Edit")
    room.dev.get_by_label("Your post").fill(AFTERWARDS)
    press(room.dev, "Save")
    room.elu.reload()
    assert said_by(room.elu, "relieved").get_by_text("Somebody recognizes this").is_visible()
    follow_in(room.elu, said_by(room.elu, AFTERWARDS), "Edited")
    assert room.elu.get_by_text(FIRST, exact=True).is_visible()


def a_changed_agreement(room):
    """Everybody agrees to one more sentence while Ines writes; her words are kept until she has accepted it."""
    room.elu.goto(room.address)
    propose(room.elu)
    agree(room.dev, room.address)
    proposal = room.ines.context.new_page()
    agree(proposal, room.address)

    press(room.ines, "Post reply")
    assert is_there(room.ines, "Your text is still here")
    assert KEPT in room.ines.locator("main textarea").first.input_value()
    proposal.goto(room.address)
    assert is_there(proposal, "What we agree on has changed")
    assert proposal.locator("ins", has_text=MORE).is_visible()
    press(proposal, "I accept this")
    with room.ines.expect_navigation():
        room.ines.locator("main form button").last.click()
    assert said_by(room.ines, KEPT).is_visible()
    for page in (room.dev, room.elu):
        page.goto(room.address)
        press(page, "I accept this")


def a_meeting(room):
    room.dev.goto(room.address)
    call_meeting(room.dev)

    room.elu.goto(room.address)
    assert is_there(room.elu, "The next meeting")
    assert room.elu.get_by_role("link", name="https://talk.example/porch").is_visible()


def a_note_to_the_whole_group(room, ben):
    """It stays inside while Dev holds it; then the cohort reads it without a name, and what is replied comes back."""
    room.elu.goto(room.address)
    follow(room.elu, "To the whole group")
    follow(room.elu, "Write a note")
    room.elu.get_by_label("What you say to the whole group").fill(NOTE)
    press(room.elu, "Put it before the others")
    room.dev.goto(room.elu.url)
    follow(room.dev, "Hold it")
    room.dev.get_by_label("What should be talked about first").fill("Let us say why.")
    press(room.dev, "Hold it")

    doors.ask("every_minute", now=timezone.now() + A_MONTH)
    room.elu.reload()
    assert is_there(room.elu, "Dev holds it")
    ben.goto("/cohorts/spring/")
    assert not is_there(ben, NOTE)
    press(room.dev, "Lift my hold")
    doors.ask("every_minute", now=timezone.now() + A_MONTH)

    ben.reload()
    assert is_there(ben, NOTE)
    assert not is_there(ben, NAME)
    follow_in(ben, ben.locator("article", has_text=NOTE), "Read replies, and reply")
    ben.get_by_label("Your reply").fill("Gladly. A minute is short.")
    press(ben, "Reply")
    room.elu.reload()
    assert is_there(room.elu, "A minute is short.")


def a_report(room):
    """Elu’s post is reported by Ines; Dev, who facilitates, answers without learning by whom."""
    room.ines.goto(room.address)
    follow(room.ines, "After Thursday")
    follow_in(room.ines, said_by(room.ines, "relieved"), "Report")
    room.ines.get_by_label("What is the matter").fill("It made light of what happened.")
    press(room.ines, "Send the report")

    room.dev.goto(room.address)
    follow(room.dev, "There is a report")
    follow(room.dev, "It made light of what happened.")
    assert not is_there(room.dev, "Ines")
    room.dev.get_by_label("Answer").fill("Thank you. I bring it up on Thursday.")
    press(room.dev, "Answer")
    room.ines.goto(room.address + "reports/")
    follow(room.ines, "It made light of what happened.")
    assert is_there(room.ines, "I bring it up on Thursday.")


def away_from_each_other(room):
    """What Elu says stands folded for Ines, who opens it if she wants to; Elu sees no change."""
    room.ines.goto(room.address)
    follow(room.ines, "After Thursday")
    follow_in(room.ines, said_by(room.ines, "relieved"), "Stop contact")
    press(room.ines, "Stop contact now")
    room.ines.goto(room.address)
    follow(room.ines, "After Thursday")
    folded = said_by(room.ines, "relieved")
    assert not folded.get_by_text("relieved").is_visible()
    folded.get_by_text("A post by somebody you keep away from").click()
    assert folded.get_by_text("relieved").is_visible()


def gone(room):
    """Elu leaves and takes what she said with her; Dev leaves, and what he said stays."""
    here = room.address
    room.elu.goto(here + "leave/")
    press(room.elu, "Leave, and delete what I said")
    assert room.elu.goto(here).status == 404
    room.dev.goto(here + "leave/")
    press(room.dev, "Leave, and let what I said stay")

    room.ines.goto(here)
    assert is_there(room.ines, "Nobody facilitates this room at the moment")
    follow(room.ines, "After Thursday")
    assert said_by(room.ines, AFTERWARDS).get_by_text("a former member").is_visible()
    assert not is_there(room.ines, "relieved")
    assert room.seats.count() == 1


def test_by_keyboard_alone(browser_page, cast):
    """From the list of one’s caucuses to a post that is read there, without touching a mouse."""
    a_room(cast["dev"], cast["elu"])
    page = browser_page("dev")
    page.goto("/caucuses/")

    enter(page, "The back porch", role="a")
    enter(page, "Begin a conversation", role="a")
    tab_to(page, "What it is about")
    page.keyboard.type("The first evening")
    tab_to(page, "What you want to say")
    page.keyboard.type("I am glad that you are here.")
    enter(page, "Begin the conversation", role="button")

    assert said_by(page, "I am glad that you are here.").is_visible()


def enter(page, name, *, role):
    """Walk there with the tab key, and press Enter."""
    tab_to(page, name, role=role, exact=True)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_without_javascript(browser_page, cast):
    """Agreeing, posting, rewording and leaving."""
    seat = a_room(cast["dev"])[0]
    join(seat, cast["elu"], has_accepted=False)
    page = browser_page("elu", js=False, width=360)
    page.goto("/caucuses/")
    follow(page, NAME)
    press(page, "I accept this")
    begin(page, "Coming in", "Hello to you all.")
    follow_in(page, said_by(page, "Hello to you all."), "Edit")
    page.get_by_label("Your post").fill("Hello, all of you.")
    press(page, "Save")
    assert said_by(page, "Hello, all of you.").is_visible()

    page.goto(f"/caucuses/{seat.caucus_id}/leave/")
    press(page, "Leave, and delete what I said")
    assert not is_there(page, NAME)
