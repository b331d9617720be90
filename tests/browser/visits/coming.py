"""The pages of coming into a caucus, and the ways there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from caucuses.actions.inviting import invite
from tests.accounts.hands import link_in, mails_to
from tests.browser.ways import Scene, Visit, at, press
from tests.caucuses.comings import a_door, invites, path
from tests.caucuses.story import a_room

COMING = "caucuses/<uuid:caucus_id>/coming/"


def opened_wrong(page: Any, _scene: Scene) -> None:
    """The form of a new caucus that was sent without a name."""
    page.goto("/caucuses/open/")
    press(page, "Open the caucus")


def invited_wrong(page: Any, scene: Scene) -> None:
    """An invitation without an address."""
    page.goto(f"/caucuses/{scene.made['caucus']}/coming/")
    press(page, "Invite")


def taken_back_wrong(page: Any, scene: Scene) -> None:
    """Taking an invitation back without an address."""
    page.goto(f"/caucuses/{scene.made['caucus']}/coming/")
    press(page, "Take it back")


def declined_wrong(page: Any, scene: Scene) -> None:
    """A request that was declined without a word."""
    page.goto(f"/caucuses/{scene.made['caucus']}/coming/")
    page.get_by_text("Decline, with a few words").first.click()
    press(page, "Decline")


def asked_wrong(page: Any, scene: Scene) -> None:
    """A request without a name."""
    page.goto(f"/caucuses/{scene.made['caucus_door']}/door/")
    press(page, "Ask to come in")


def open_door(page: Any, scene: Scene) -> None:
    """The door of a caucus that is open to anyone."""
    seat = a_door(scene.cast["elu"], name="The open bench")[0]
    page.goto(path(seat))


def invited_door(page: Any, scene: Scene) -> None:
    """The door of a caucus without one, for somebody who is invited to facilitate."""
    seat = a_room(scene.cast["elu"], name="The stairs")[0]
    invites(seat, scene.cast["gus"], words="Come and help us.", as_facilitator=True)
    page.goto(path(seat))


def neutral(page: Any, scene: Scene) -> None:
    """The page behind the link of a mail that says nothing."""
    seat = a_room(scene.cast["elu"], name="The cellar")[0]
    address = "new.facilitator@riverton.example"
    invite(seat=seat, address=address, as_facilitator=True, with_mail=True)
    page.goto(urlsplit(link_in(mails_to(address)[-1])).path)


WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "caucuses-coming": (
        "dev",
        (
            at("/caucuses/open/"),
            Visit("caucus-open-wrong", opened_wrong, "caucuses/open/"),
            at("/caucuses/{caucus}/coming/", "room-coming"),
            Visit("room-coming-wrong", invited_wrong, COMING + "invite/"),
            Visit("room-taken-back-wrong", taken_back_wrong, COMING + "take-back/"),
            Visit("room-declined-wrong", declined_wrong, COMING + "asked/<uuid:request_id>/decline/"),
            at("/caucuses/{caucus_door}/door/", "door-asked"),
            at("/caucuses/parted/{parting}/", "parted"),
        ),
    ),
    "caucuses-outside": (
        "gus",
        (
            at("/caucuses/", "caucuses-outside"),
            at("/caucuses/{caucus_door}/door/", "door"),
            Visit("door-wrong", asked_wrong, "caucuses/<uuid:caucus_id>/door/ask/"),
            Visit("door-open", open_door, "caucuses/<uuid:caucus_id>/door/"),
            Visit("door-invited", invited_door, "caucuses/<uuid:caucus_id>/door/"),
        ),
    ),
    "invitation-neutral": (None, (Visit("invitation-neutral", neutral, "invitation/<str:token>/"),)),
}  # fmt: skip
NO_PAGES: frozenset[str] = frozenset(
    {
        "caucuses/requests/<uuid:request_id>/withdraw/",
        "caucuses/parted/<uuid:parting_id>/posts/",
        "caucuses/parted/<uuid:parting_id>/away/",
        *(f"caucuses/<uuid:caucus_id>/door/{act}/" for act in ("join", "accept", "decline")),
        COMING + "asked/<uuid:request_id>/accept/",
    }
)
