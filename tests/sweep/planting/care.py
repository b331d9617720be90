"""Plants of care. Fay is the contact whom Dev chooses, so she and nobody else may find the words of his report."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accounts.models import User
from care.actions import send_report, stop_contact, write_note
from care.actions.turns import id_for
from care.choices import Wish
from care.models import Contact, Report, ReportNote, Stop
from care.permissions import reports_written_by
from care.texts import About, Asked
from home.demo.initiative import email_of
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant

CONTACT = "fay"


def _report(member: Any, words: Words) -> Report:
    return send_report(
        by=member,
        report_id=id_for(member, uuid4()),
        contact=Contact.objects.get(member__email=email_of(CONTACT)),
        happened=f"In the meeting {words.word('care.Report.happened')} was said about me.",
        asked=Asked(Wish.ADVISE, f"So that {words.word('care.Report.wish')} ends."),
        about=About((), f"Somebody called {words.word('care.Report.about')}."),
    )


def _note(member: Any, words: Words) -> ReportNote:
    report = reports_written_by(member).not_withdrawn().first() or _report(member, words)
    text = f"What I forgot: {words.word('care.ReportNote.text')}."
    return write_note(report=report, note_id=id_for(member, uuid4()), text=text, by=member)


def _stop(member: Any, _words: Words) -> Stop:
    """Of a stop nothing is words: whom it keeps away is an id, and sealed."""
    return stop_contact(by=member, other=User.objects.get(email=email_of("paul")))


PLANTS: dict[str, Plant] = {"care.Report": _report, "care.ReportNote": _note, "care.Stop": _stop}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page(
        "care:report_show",
        frozenset(
            {
                *(f"care.Report.{name}" for name in ("happened", "wish", "about")),
                "care.ReportNote.text",
            }
        ),
        about="care.Report",
    ),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {
    "care.Report": frozenset({CONTACT}),
    "care.ReportNote": frozenset({CONTACT}),
}
