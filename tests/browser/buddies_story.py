"""What two people do on the pages of buddies, step by step, each in a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accountability.buddies.permissions import pairs_writable_by
from accountability.checkins.models import CheckIn
from tests.accountability.checkins.story import coming, hour, minute
from tests.browser.journal_ways import enter
from tests.browser.ways import press

WHY = "We want to say it while it still counts."
PROMISE, REWORDED = "Ask who is missing in each hiring panel", "Ask who is missing, and wait"
REASON = "The panels are fewer than I thought."
PAGE_OF_THE_JOURNAL = "I laughed when she was interrupted. Nobody else has read the rest."
EXCERPT = "I laughed when she was interrupted."


@dataclass
class Two:
    """Dev and Elu, each with an open page."""

    dev: Any
    elu: Any
    cast: dict[str, Any]

    @property
    def pair(self) -> Any:
        """The pair that they are now."""
        return pairs_writable_by(self.cast["dev"]).get()


def two(browser_page: Any, cast: dict[str, Any]) -> Two:
    """Both have signed in with their password, which opens their journals."""
    pages = [browser_page(), browser_page(width=360)]
    for page, name in zip(pages, ("dev", "elu"), strict=True):
        enter(page, name)
    return Two(*pages, cast)


def is_there(page: Any, words: str) -> bool:
    """Whether the words stand on the page."""
    return bool(page.locator("main").get_by_text(words).count())


def follow(page: Any, name: str) -> None:
    """Follow a link of the page itself, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def ask(two: Two) -> None:
    """Elu is open to being asked; Dev asks, and Elu says yes."""
    two.elu.goto("/buddy/")
    press(two.elu, "Be open to being asked")
    two.dev.goto("/buddy/")
    two.dev.get_by_label("Elu Whitehorse").check()
    two.dev.get_by_label("A few words for them").first.fill("Shall we try it for a term?")
    press(two.dev, "Ask them")
    two.elu.reload()
    assert is_there(two.elu, "Shall we try it for a term?")
    press(two.elu, "Yes, let us be buddies")
    two.dev.goto("/buddy/")


def agree(two: Two) -> None:
    """Dev writes what they agree on, Elu answers with another text, and Dev confirms that one."""
    follow(two.dev, "Write what you agree on")
    _propose(two.dev, why="We want to try.")
    two.elu.goto("/buddy/")
    follow(two.elu, "Read it")
    follow(two.elu, "Answer with another text")
    _propose(two.elu, why=WHY)
    two.dev.reload()
    press(two.dev, "Confirm this text")


def _propose(page: Any, *, why: str) -> None:
    page.get_by_label("Why we do this").fill(why)
    page.get_by_label("How often you check in").select_option("weekly")
    page.get_by_label("The first time").fill(str(timezone.localdate() + timedelta(days=7)))
    press(page, "Propose this text")


def hand_in(page: Any, did: str) -> None:
    """Write for the check-in that comes, and hand it in."""
    page.goto("/buddy/")
    follow(page, "Write")
    page.get_by_label("What I did").fill(did)
    press(page, "Hand in")


def promise(two: Two) -> None:
    """Dev promises something, and lets his buddy read it."""
    page = two.dev
    page.goto("/commitments/new/")
    page.get_by_label("I will", exact=True).fill(PROMISE)
    page.get_by_label("Structural").check()
    press(page, "Save")
    page.get_by_label("My buddy, too").check()
    press(page, "Go on")
    press(page, "Yes, show it to them")


def change(two: Two) -> None:
    """Dev words it anew, and says why it changed."""
    page = two.dev
    follow(page, "Reword it")
    page.get_by_label("I will", exact=True).fill(REWORDED)
    press(page, "Save")
    follow(page, "Say how it goes")
    page.get_by_label("How it goes, in a sentence or two").fill("Twice we waited.")
    page.get_by_label("Changed", exact=True).check()
    page.get_by_label("If it changed: why").fill(REASON)
    press(page, "Save")


def share(two: Two) -> None:
    """Dev writes in his journal, and shows Elu a part of it."""
    page = two.dev
    page.goto("/journal/write/")
    page.get_by_label("Title").fill("That Tuesday")
    page.get_by_label("Your text").fill(PAGE_OF_THE_JOURNAL)
    press(page, "Save")
    follow(page, "Share an excerpt with Elu Whitehorse")
    page.get_by_label("What you show").fill(EXCERPT)
    press(page, "See what Elu Whitehorse will read")
    press(page, "Share this with Elu Whitehorse")


def pass_without_elu(two: Two, did: str) -> datetime:
    """Dev hands in, Elu does not, and the date passes; gives the moment a day later, when somebody looks."""
    hand_in(two.dev, did)
    row: CheckIn = coming(two.pair)
    minute(row.due_at)
    hour(row.due_at + timedelta(days=1))
    return row.due_at + timedelta(days=1)


def leave(page: Any) -> None:
    """Leave the pair."""
    page.goto("/buddy/")
    follow(page, "Leave this pair")
    press(page, "Leave this pair")


def want_a_match(page: Any) -> None:
    """Be in the next round, with two answers."""
    page.goto("/buddy/")
    follow(page, "Answer a few questions")
    page.get_by_label("Tuesday: Evening").check()
    page.get_by_label("English", exact=True).check()
    page.get_by_label("Put me in the next round").check()
    press(page, "Save")


def start_round(page: Any) -> None:
    """The organizer starts a round of spring."""
    page.goto("/backbone/")
    follow(page, "Pairing")
    follow(page, "Spring")
    press(page, "Start the round")


def say_yes(page: Any) -> None:
    """Look at who was found, and say yes."""
    page.goto("/buddy/")
    follow(page, "Look at the match")
    press(page, "Yes, I would like that")
