"""The pages of meetings, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.ways import Scene, Visit, at

HERE = "/caucuses/{caucus}/meetings/"
ROUTE = "caucuses/<uuid:caucus_id>/meetings/"
ONE = f"{ROUTE}<uuid:meeting_id>/"


def a_link(page: Any, scene: Scene) -> None:
    """The link for one's calendar, shown once."""
    page.goto(f"{HERE}calendar/".format(**scene.made))
    with page.expect_navigation():
        page.get_by_role("button", name="Make a new link").click()


def two_agendas(page: Any, scene: Scene) -> None:
    """Two tabs change one meeting."""
    two_tabs(page, f"{HERE}{{meeting}}/edit/".format(**scene.made), "Agenda")


def two_notes(page: Any, scene: Scene) -> None:
    """Two tabs write the notes of one meeting."""
    two_tabs(page, f"{HERE}{{meeting}}/notes/".format(**scene.made), "Notes")


def two_tabs(page: Any, address: str, label: str) -> None:
    """The same form in two tabs, and the second one saves."""
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "From the phone."), (page, "From the desk.")):
        tab.get_by_label(label).fill(words)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Save").click()
    other.close()


def a_wrong_time(page: Any, scene: Scene) -> None:
    """A meeting in the past, which gets a sentence."""
    page.goto(f"{HERE}new/".format(**scene.made))
    page.get_by_label("Day").fill("2020-03-01")
    page.get_by_label("Time", exact=True).fill("18:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Call the meeting").click()


WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "meetings": (
        "dev",
        (
            at(HERE, "meetings"),
            at(HERE + "new/", "meeting-call"),
            Visit("meeting-wrong-time", a_wrong_time, f"{ROUTE}new/"),
            at(HERE + "{meeting}/", "meeting"),
            at(HERE + "{meeting}/edit/", "meeting-edit"),
            at(HERE + "{meeting}/notes/", "meeting-notes"),
            at(HERE + "{spare_meeting}/call-off/", "meeting-call-off"),
            at(HERE + "calendar/", "meetings-calendar"),
            Visit("meetings-calendar-link", a_link, f"{ROUTE}calendar/"),
            Visit("meeting-two-agendas", two_agendas, f"{ONE}edit/", 409),
            Visit("meeting-two-notes", two_notes, f"{ONE}notes/", 409),
        ),
    ),
}
NO_PAGES: frozenset[str] = frozenset(
    {f"{ROUTE}calendar/stop/", f"{ONE}appointment.ics", "dates/<str:token>.ics"}
)
