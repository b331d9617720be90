"""The pages of a cohort's meetings, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.ways import Scene, Visit, at

HERE = "/cohorts/spring/meetings/"
ROUTE = "cohorts/<slug:slug>/meetings/"
ONE = f"{ROUTE}<uuid:meeting_id>/"


def ends_too_early(page: Any, _scene: Scene) -> None:
    """A meeting that ends before it begins, which gets a sentence."""
    page.goto(f"{HERE}new/")
    page.get_by_label("Day").fill("2020-03-01")
    page.get_by_label("Begins").fill("18:00")
    page.get_by_label("Ends").fill("17:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Call the meeting").click()


def changed_in_two_tabs(page: Any, scene: Scene) -> None:
    """Two tabs change one meeting."""
    address = f"{HERE}{{gathering}}/edit/".format(**scene.made)
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "The porch"), (page, "The kitchen")):
        tab.get_by_label("Place").fill(words)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Save").click()
    other.close()


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "gatherings": (
        "mo",
        (
            at(HERE, "cohort-meetings"),
            at(HERE + "new/", "cohort-meeting-call"),
            Visit("cohort-meeting-wrong", ends_too_early, f"{ROUTE}new/"),
            at(HERE + "{gathering}/", "cohort-meeting"),
            at(HERE + "{gathering}/edit/", "cohort-meeting-edit"),
            at(HERE + "{spare_gathering}/call-off/", "cohort-meeting-call-off"),
            at(HERE + "{past_gathering}/", "cohort-meeting-who-was-there"),
            Visit("cohort-meeting-two-tabs", changed_in_two_tabs, f"{ONE}edit/", 409),
        ),
    ),
    "gatherings-dev": (
        "dev",
        (
            at(HERE, "cohort-meetings-dev"),
            at(HERE + "{gathering}/", "cohort-meeting-dev"),
            at(HERE + "{past_gathering}/", "cohort-meeting-own"),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset({f"{ONE}meeting.ics", f"{ONE}mine/", f"{ONE}attendance/"})
