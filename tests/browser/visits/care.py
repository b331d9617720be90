"""The pages of care, and the ways there."""

from __future__ import annotations

from typing import Any

from care.actions import end_contact, withdraw_report
from care.models import Contact, Report
from tests.browser.ways import Scene, Visit, at, press

REPORT = "/care/reports/{report}/"
REPORT_ROUTE = "care/reports/<uuid:report_id>/"


def report_wrong(page: Any, _scene: Scene) -> None:
    """The form of a report that was sent empty: what needs attention stands on top."""
    page.goto("/care/report/")
    press(page, "Send it to this person")


def report_named(page: Any, _scene: Scene) -> None:
    """A report whose text names who would read it, by a part of the name: it is asked about before it is sent."""
    page.goto("/care/report/")
    page.get_by_label("What happened").fill("Fay was there, and she laughed.")
    page.get_by_label("Listen to me. Do nothing without me.").check()
    page.get_by_role("radio", name="Fay Lindqvist").check()
    press(page, "Send it to this person")


def named_later(page: Any, scene: Scene) -> None:
    """Words about whom it is about that perhaps name the contact."""
    page.goto(f"{REPORT.format(**scene.made)}people/")
    page.get_by_label("Somebody else, or more about who it is").fill("Fay’s colleague.")
    press(page, "Add them")


def answered(page: Any, scene: Scene) -> None:
    """A report with a message in it."""
    page.goto(REPORT.format(**scene.made))
    page.get_by_label("Your message").fill("I forgot to say that others were there.")
    press(page, "Send the message")


def without_contact(page: Any, scene: Scene) -> None:
    """A report whose contact has stepped back."""
    end_contact(contact=Contact.objects.get(member=scene.cast["fay"]), by=scene.cast["ana"])
    page.goto(REPORT.format(**scene.made))


def withdrawn(page: Any, scene: Scene) -> None:
    """What is left of a report that was taken back."""
    withdraw_report(report=Report.objects.get(pk=scene.made["report"]), by=scene.cast["dev"])
    page.goto(REPORT.format(**scene.made))


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "care-backbone": ("ana", (at("/care/", "care-ana"), at("/care/contacts/"))),
    "care-contact": (
        "fay",
        (
            at("/care/", "care-fay"),
            at("/care/contact/"),
            at("/care/contact/leave/"),
            at("/care/reports/", "reports-fay"),
            at(REPORT, "report-fay"),
        ),
    ),
    "care": (
        "dev",
        (
            at("/care/"),
            at("/care/stop/"),
            at("/care/stop/{person}/", "stop"),
            at("/care/stopped/"),
            at("/care/contact/", "no-contact"),
            at("/care/report/"),
            at("/care/report/{person}/", "report-about"),
            Visit("report-wrong", report_wrong, "care/report/"),
            Visit("report-named", report_named, "care/report/"),
            at("/care/reports/"),
            Visit("report-named-later", named_later, f"{REPORT_ROUTE}people/"),
            Visit("report-answered", answered, REPORT_ROUTE),
            at(f"{REPORT}people/", "report-people"),
            at(f"{REPORT}contact/", "report-contact"),
            at(f"{REPORT}withdraw/", "report-withdraw"),
            Visit("report-alone", without_contact, REPORT_ROUTE),
            at("/care/report/", "nobody-to-choose"),
            Visit("report-withdrawn", withdrawn, REPORT_ROUTE),
        ),
    ),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "care/stopped/<uuid:stop_id>/end/",
        "care/contacts/<uuid:contact_id>/end/",
        "care/reports/<uuid:report_id>/write/",
        "care/reports/<uuid:report_id>/state/",
    }
)
