"""What people do in a caucus, step by step, each in a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from caucuses.models import Caucus, Seat
from tests.browser.buddies_story import follow, is_there
from tests.browser.ways import press
from tests.caucuses.story import join

NAME, PURPOSE = "The back porch", "A place to say what we do not say in the big meeting."
FIRST, ANSWER = "On Thursday I went quiet.", "So did I, and I was **relieved**."
AFTERWARDS = "On Thursday I went quiet, and nobody asked."
MORE = "We begin each meeting with a minute of silence."
KEPT = "I was in the middle of a long thought."
NOTE = "We ask the whole group for a minute of silence at the beginning."


@dataclass
class Room:
    """Dev, who opened it, Elu and Ines, each with an open page."""

    dev: Any
    elu: Any
    ines: Any
    cast: dict[str, Any]

    @property
    def seats(self) -> QuerySet[Seat]:
        """Who is in it, the first one first."""
        here = next(row for row in Caucus.objects.all() if str(row.name) == NAME)
        return Seat.objects.filter(caucus=here).order_by("since")

    @property
    def address(self) -> str:
        """The room’s first page."""
        return f"/caucuses/{self.seats.first().caucus_id}/"


def open_room(page: Any) -> None:
    """Open a room without a door."""
    page.goto("/caucuses/")
    follow(page, "Open a caucus")
    page.get_by_label("Name of the caucus").fill(NAME)
    page.get_by_label("Purpose", exact=True).fill(PURPOSE)
    page.get_by_label("Your name in the room").fill("Dev")
    press(page, "Open the caucus")


def invite(page: Any, address: str) -> None:
    """A facilitator invites by address."""
    follow(page, NAME)
    follow(page, "Coming in")
    page.get_by_label("Their e-mail address").first.fill(address)
    page.get_by_label("A few words to them").fill("Come and sit with us.")
    press(page, "Invite")


def come_in(page: Any, name: str) -> None:
    """Find the invitation, accept it, and accept what the room agrees on."""
    page.goto("/caucuses/")
    follow(page, "Read what it is")
    assert is_there(page, PURPOSE)
    assert is_there(page, "Come and sit with us.")
    page.get_by_label("Your name in the room").fill(name)
    press(page, "Accept the invitation")
    assert is_there(page, "We speak for ourselves")
    assert not is_there(page, "Conversations")
    press(page, "I accept this")


def come_along(room: Room) -> None:
    """Ines has come in, too."""
    join(room.seats[0], room.cast["ines"])


def begin(page: Any, about: str, words: str) -> None:
    """Begin a conversation."""
    follow(page, "Begin a conversation")
    page.get_by_label("What it is about").fill(about)
    page.get_by_label("What you want to say").fill(words)
    press(page, "Begin the conversation")


def said_by(page: Any, words: str) -> Any:
    """The post in which these words stand as its own."""
    own = page.locator(".prose", has_text=words)
    return page.locator(".post").filter(has=own).last


def follow_in(page: Any, place: Any, name: str) -> None:
    """Follow a link of one post."""
    with page.expect_navigation():
        place.get_by_role("link", name=name).first.click()


def call_meeting(page: Any) -> None:
    """A facilitator calls a meeting for next week."""
    follow(page, "Meetings")
    follow(page, "Call a meeting")
    page.get_by_label("Day").fill(str(timezone.localdate() + timedelta(days=7)))
    page.get_by_label("Time", exact=True).fill("18:00")
    page.get_by_label("Room or link").fill("The kitchen, or https://talk.example/porch")
    press(page, "Call the meeting")


def propose(page: Any) -> None:
    """Propose one more sentence."""
    follow(page, "What we agree on")
    follow(page, "Propose a change")
    text = page.get_by_label("What we agree on", exact=True)
    text.fill(f"{text.input_value()}\n\n{MORE}")
    page.get_by_label("Why you propose it").fill("We rush in.")
    press(page, "Propose it to the room")


def agree(page: Any, address: str) -> None:
    """Read the proposal from the room’s first page, and agree."""
    page.goto(address)
    follow(page, "Read it and answer")
    assert is_there(page, MORE)
    press(page, "Agree")
