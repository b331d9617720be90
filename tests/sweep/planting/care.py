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
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use, person

CONTACT = "fay"


def _report(member: Any, words: Words) -> Report:
    return send_report(
        by=member,
        report_id=id_for(member, uuid4()),
        contact=Contact.objects.get(member=person(CONTACT)),
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
    return stop_contact(by=member, other=person("paul"))


def _contact(_member: Any, _words: Words) -> Contact:
    return Contact.objects.get(member=person(CONTACT))


def _partner(_member: Any, _words: Words) -> User:
    """His buddy, with whom he stops contact in the end."""
    return person("elu")


REPORT, NOTE = "care.Report", "care.ReportNote"
PLANTS: dict[str, Plant] = {
    REPORT: _report,
    NOTE: _note,
    "care.Stop": _stop,
    "care.Contact": _contact,
    "care.partner": _partner,
}
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
    REPORT: frozenset({CONTACT}),
    NOTE: frozenset({CONTACT}),
}

_TOLD: dict[str, str | list[str]] = {
    "happened": "In the meeting {word} was said.",
    "wish": "act",
    "wish_words": "{word}",
    "about_words": "{word}",
}
_TO = {"contact": "care.Contact"}
#: He reports, writes more, names more people, and stops contact with his buddy: that ends their pair.
USES: tuple[Use, ...] = (
    Use("care:report_write", data=_TOLD, chosen=_TO, into=REPORT),
    Use("care:report_write", data={**_TOLD, "happened": "{word}" * 900}, chosen=_TO, expects=200),
    Use(
        "care:report_write",
        data={**_TOLD, "about_words": "{word} of Fay Lindqvist"},
        chosen=_TO,
        expects=200,
    ),
    Use("care:report_write", data={**_TOLD, "wish": "{word}", "contact": "{word}"}, expects=200),
    Use("care:report_about", "care.partner", {**_TOLD, "wish": ""}, chosen=_TO, expects=200),
    Use("care:note_write", REPORT, {"text": "{word}"}, into=NOTE, form_on="care:report_show"),
    Use(
        "care:note_write", REPORT, {"text": "{word}" * 250}, form_on="care:report_show", expects=200
    ),
    Use("care:report_name", REPORT, {"about_words": "{word}"}, into=REPORT),
    Use("care:report_name", REPORT, {"about_words": "{word}" * 50}, expects=200),
    Use("care:report_resend", REPORT, {"contact": "{word}"}, expects=200),
    Use("care:contact_stop", "care.partner", turn=1),
)
