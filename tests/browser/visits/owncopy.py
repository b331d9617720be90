"""The page of one's own copy of everything, and the ways there."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from tests.browser.hands import sign_in
from tests.browser.ways import Scene, Visit, at, press

ROUTE = "account/export/"


def _open(page: Any, _scene: Scene) -> None:
    """For Dev, who has just signed in with the password."""
    sign_in(page, "dev")
    page.wait_for_url("**/today/")
    page.goto("/account/export/")


def _asked_for(page: Any, _scene: Scene) -> None:
    """What is said until the worker comes."""
    press(page, "Make my copy")


def _made(page: Any, _scene: Scene) -> None:
    """What is said when it is made."""
    call_command("run_worker", "--once", verbosity=0)
    page.goto("/account/export/")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "own-copy-shut": ("elu", (at("/account/export/", "own-copy-shut"),)),
    "own-copy": (
        None,
        (
            Visit("own-copy", _open, ROUTE),
            Visit("own-copy-asked-for", _asked_for, ROUTE),
            Visit("own-copy-ready", _made, ROUTE),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset({"account/export/file/", "account/export/discard/"})
