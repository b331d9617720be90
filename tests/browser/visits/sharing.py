"""The pages of sharing, and the ways there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accountability.buddies.actions import leave_pair
from accountability.buddies.permissions import pairs_writable_by
from accountability.sharing.actions import share_excerpt
from tests.accountability.notebook import damage, write
from tests.browser.journal_ways import enter
from tests.browser.reading_ways import BODY
from tests.browser.ways import Scene, Visit, at, press
from tests.sweep.planting.kinds import pair_of

SHARE, SHOW = "journal/<uuid:entry_id>/share/", "journal/shared/<uuid:excerpt_id>/"


def _entered(page: Any, scene: Scene) -> None:
    """An entry of Dev's, who is in a pair with Elu."""
    dev = scene.cast["dev"]
    scene.found["pair"] = pair_of(dev, scene.cast["elu"])
    scene.found["entry"] = write(dev, BODY, title="The third interruption")
    scene.found["of_elu"] = _by(scene, "elu", "**It takes one sentence,** and I had it ready.")
    enter(page)
    page.goto(f"/journal/{scene.found['entry'].pk}/")


def _by(scene: Scene, name: str, words: str) -> Any:
    author = scene.cast[name]
    return share_excerpt(
        by=author,
        pair=scene.found["pair"],
        entry=write(author, f"{words} And more."),
        title="The third interruption",
        words=words,
        until=timezone.now().date() + timedelta(days=20),
    )


def _choosing(page: Any, _scene: Scene) -> None:
    page.get_by_role("link", name="Share an excerpt").click()
    page.wait_for_url("**/share/")


def _wrong(page: Any, _scene: Scene) -> None:
    page.get_by_label("What you show").fill("")
    page.get_by_label("The last day").fill("2020-02-02")
    press(page, "See what Elu Whitehorse will read")


def _looked_at(page: Any, _scene: Scene) -> None:
    page.get_by_label("What you show").fill(BODY)
    page.get_by_label("The last day").fill(str(timezone.now().date() + timedelta(days=20)))
    press(page, "See what Elu Whitehorse will read")


def _shared(page: Any, _scene: Scene) -> None:
    press(page, "Share this with Elu Whitehorse")


def _entry_again(page: Any, scene: Scene) -> None:
    page.goto(f"/journal/{scene.found['entry'].pk}/")


def _by_elu(page: Any, scene: Scene) -> None:
    page.goto(f"/journal/shared/{scene.found['of_elu'].pk}/")


def _shut(page: Any, scene: Scene) -> None:
    row = write(scene.cast["dev"], "x")
    damage(row, "body")
    page.goto(f"/journal/{row.pk}/share/")


def _parted(page: Any, scene: Scene) -> None:
    """Elu leaves while Dev chooses."""
    page.goto(f"/journal/{scene.found['entry'].pk}/share/")
    leave_pair(pair=pairs_writable_by(scene.cast["dev"]).get(), by=scene.cast["elu"])
    press(page, "See what Elu Whitehorse will read")


def _alone(page: Any, scene: Scene) -> None:
    page.goto(f"/journal/{scene.found['entry'].pk}/share/")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "sharing": (
        None,
        (
            Visit("entry-to-share", _entered, "journal/<uuid:entry_id>/"),
            Visit("excerpt-choose", _choosing, SHARE),
            Visit("excerpt-wrong", _wrong, SHARE),
            Visit("excerpt-look", _looked_at, SHARE),
            Visit("excerpt-mine", _shared, SHOW),
            Visit("entry-shared", _entry_again, "journal/<uuid:entry_id>/"),
            Visit("excerpt-for-me", _by_elu, SHOW),
            Visit("excerpt-shut", _shut, SHARE),
            Visit("excerpt-parted", _parted, SHARE, 409),
            Visit("excerpt-alone", _alone, SHARE),
            at("/journal/shared/{none}/", "excerpt-taken-back", 404),
        ),
    )
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {"journal/shared/export/", "journal/shared/<uuid:excerpt_id>/take-back/"}
)
