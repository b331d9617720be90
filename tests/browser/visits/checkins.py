"""The pages of checkins, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.ways import Scene, Visit, at

HERE = "/buddy/check-ins/"
ONE = "buddy/check-ins/<uuid:check_in_id>/"


def two_texts(page: Any, scene: Scene) -> None:
    """Two tabs write for one check-in, and the second one saves."""
    address = f"{HERE}{scene.made['check_in']}/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "From the phone."), (page, "From the desk.")):
        tab.get_by_label("What I did").fill(words)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Save for myself").click()
    other.close()


def a_new_link(page: Any, _scene: Scene) -> None:
    """The link for one's calendar, shown once."""
    page.goto(f"{HERE}calendar/")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a new link").click()


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "check-ins": (
        "dev",
        (
            at(HERE + "of/{check_in_pair}/", "check-ins"),
            at(HERE + "{check_in}/", "check-in-to-write"),
            at(HERE + "{past_check_in}/", "check-in-to-read"),
            at(HERE + "{check_in}/move/", "check-in-move"),
            at(HERE + "{past_check_in}/parts/{part}/", "check-in-part"),
            at(HERE + "{past_check_in}/parts/{part}/edit/", "check-in-part-edit"),
            at(HERE + "kept/{kept}/", "check-in-kept"),
            at(HERE + "notes/{check_in_pair}/", "pair-notes"),
            at(HERE + "notes/{check_in_pair}/edit/", "pair-notes-edit"),
            at(HERE + "calendar/", "check-in-calendar"),
            Visit("check-in-calendar-link", a_new_link, "buddy/check-ins/calendar/"),
            at(HERE + "how/", "check-in-how"),
            Visit("check-in-two-texts", two_texts, ONE, 409),
        ),
    )
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        *(f"{ONE}{act}/" for act in ("take-back", "skip", "take-part")),
        "buddy/check-ins/kept/<uuid:draft_id>/delete/",
        "buddy/check-ins/calendar/stop/",
        "buddy/check-ins/calendar/<str:token>.ics",
        "buddy/check-ins/back/",
    }
)
