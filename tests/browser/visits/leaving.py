"""The pages of leaving, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.hands import sign_in
from tests.browser.ways import Scene, Visit, at, press


def before_leaving(page: Any, _scene: Scene) -> None:
    """What happens, right after signing in."""
    sign_in(page, "hana")
    page.wait_for_url("**/today/")
    page.goto("/account/leave/")


def left(page: Any, _scene: Scene) -> None:
    """Having left."""
    press(page, "Leave")


def found_by_signing_in(page: Any, _scene: Scene) -> None:
    """Who signs in again finds the way back."""
    sign_in(page, "hana")
    page.wait_for_url("**/account/leave/undo/**")


def back(page: Any, _scene: Scene) -> None:
    """Back with one press."""
    press(page, "Come back")


_UNDO = "account/leave/undo/<str:token>/"
#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "leaving": (
        None,
        (
            Visit("leave", before_leaving, "account/leave/"),
            Visit("left", left, "account/leave/done/"),
            Visit("leave-undo", found_by_signing_in, _UNDO),
            Visit("leave-undone", back, _UNDO),
            at("/account/leave/undo/{undo}/", "leave-undo-other"),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset()
