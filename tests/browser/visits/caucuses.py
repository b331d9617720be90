"""The pages of caucuses, and the ways there."""

from __future__ import annotations

from typing import Any

from caucuses.actions import step_back, take_stance
from caucuses.choices import StanceKind
from caucuses.models import Proposal, Seat
from tests.browser.ways import Scene, Visit, at, press

WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "caucuses": (
        "dev",
        (
            at("/caucuses/"),
            at("/caucuses/meaning/"),
            at("/caucuses/{caucus}/", "room"),
            at("/caucuses/{caucus}/agreement/", "room-agreement"),
        ),
    ),
}
NO_PAGES: frozenset[str] = frozenset()

# What the room agrees on, who is in it, and leaving.

HERE, ROOM = "/caucuses/{caucus}/", "caucuses/<uuid:caucus_id>/"
PROPOSAL = HERE + "agreement/proposals/{proposal_of_room}/"


def nobody_facilitates(page: Any, scene: Scene) -> None:
    """The room after everybody who facilitated it stepped back."""
    other = fresh_of(scene.made["seat_of_room"])
    if other.is_facilitator:
        step_back(seat=other)
    page.goto(HERE.format(**scene.made) + "people/")
    press(page, "Step back")


def somebody_does_again(page: Any, _scene: Scene) -> None:
    """Dev takes the role again, and chooses a name that is taken."""
    press(page, "I will facilitate")
    page.get_by_label("Your name in this room").fill("elu")
    press(page, "Go by this name")


def changed(page: Any, scene: Scene) -> None:
    """Everybody agreed to Dev's proposal, and he has not accepted it yet."""
    proposal = Proposal.objects.get(pk=scene.made["proposal_of_room"])
    take_stance(seat=fresh_of(scene.made["seat_of_room"]), proposal=proposal, kind=StanceKind.AGREE)
    page.goto(HERE.format(**scene.made))


def fresh_of(seat_id: str) -> Seat:
    """The seat as it stands now."""
    return Seat.objects.select_related("caucus").get(pk=seat_id)


def typed_when_changed(page: Any, scene: Scene) -> None:
    """What Dev wrote on a page that he had opened before the agreement changed."""
    page.goto(HERE.format(**scene.made) + "people/")
    page.get_by_label("Your name in this room").fill("Dev of the river")
    changed(page.context.new_page(), scene)
    press(page, "Go by this name")


def proposing_anew(page: Any, scene: Scene) -> None:
    """Dev accepts what changed, and writes another proposal without saying why."""
    press(page, "I accept this")
    page.goto(HERE.format(**scene.made) + "agreement/propose/")
    press(page, "Propose it to the room")


WALKS |= {
    "agreeing": (
        "dev",
        (
            at(HERE + "agreement/1/", "room-agreement-version"),
            at(HERE + "agreement/propose/", "room-proposal-write"),
            at(PROPOSAL, "room-proposal"),
            at(HERE + "people/", "room-people"),
            at(HERE + "people/{seat_of_room}/remove/", "room-remove"),
            at(HERE + "log/", "room-log"),
            at(HERE + "mine/", "room-own-copy"),
            at(HERE + "leave/", "room-leave"),
            Visit("room-without-facilitator", nobody_facilitates, ROOM + "people/"),
            Visit("room-name-taken", somebody_does_again, ROOM + "people/name/"),
            Visit("room-typed-when-changed", typed_when_changed, ROOM + "people/name/", 403),
            at(HERE + "agreement/", "room-agreement-changed"),
            Visit("room-proposal-errors", proposing_anew, ROOM + "agreement/propose/"),
        ),
    ),
}
NO_PAGES |= {
    *(ROOM + "agreement/" + act for act in ("accept/", "proposals/<uuid:proposal_id>/withdraw/")),
    ROOM + "agreement/proposals/<uuid:proposal_id>/answer/",
    *(ROOM + "people/" + act for act in ("door/", "role/", "<uuid:seat_id>/ask/")),
}
