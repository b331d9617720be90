"""The pages of past weeks and of progress by name, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.ways import Scene, Visit, at, press

PROGRESS = "/cohorts/spring/progress/"
WEEKS = "/cohorts/spring/insights/weeks/"
ROUTES = "cohorts/<slug:slug>/"


def switched_on(page: Any, _scene: Scene) -> None:
    """Dev lets those who facilitate see his progress, and reads what they see."""
    page.goto(PROGRESS)
    press(page, "Show my name to those who facilitate")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "progress-dev": (
        "dev",
        (
            at(WEEKS, "weeks"),
            at(WEEKS + "{week}/", "week"),
            at(PROGRESS, "progress-off"),
            Visit("progress-on", switched_on, f"{ROUTES}progress/"),
            at("/cohorts/spring/", "cohort-named"),
            at("/account/visible/", "visible-named"),
        ),
    ),
    "progress-mo": ("mo", (at(PROGRESS, "progress-names"),)),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        f"{ROUTES}insights/weeks/<str:day>.csv",
        f"{ROUTES}insights/weeks/<str:day>.json",
        f"{ROUTES}progress/show/",
        f"{ROUTES}progress/stop/",
    }
)
