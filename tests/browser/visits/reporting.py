"""The pages of reporting, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.ways import Scene, Visit, at


def disputed(page: Any, _scene: Scene) -> None:
    """What others see, after a line of reporting was said to be wrong."""
    page.goto("/account/visible/")
    with page.expect_navigation():
        page.get_by_role("button", name="This is wrong").click()


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "reporting": ("dev", (Visit("line-disputed", disputed, "account/visible/"),)),
    "reporting-backbone": ("ana", (at("/account/reporting/"),)),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    f"account/reporting/<uuid:line_id>/{act}/" for act in ("wrong", "right", "remove")
)
