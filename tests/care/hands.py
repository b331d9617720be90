"""What the stories of care share: a report of Dev's, contacts, and what a page looks like without what is of the moment."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from care.actions import accept_contact, ask_contact, send_report
from care.actions.turns import id_for
from care.choices import Wish
from care.models import Contact, Report
from care.texts import About, Asked

OF_THE_MOMENT = re.compile(r'value="[A-Za-z0-9]{64}"|name="once" value="[^"]+"|id="once" value="[^"]+"|value="[0-9a-f-]{36}" id="id_once"')  # fmt: skip
WORDS = "He read my message aloud in the kitchen."


def contact_of(member: Any) -> Contact:
    """This member's row as a contact."""
    return Contact.objects.get(member=member, ended_at=None)


def make_contact(member: Any, by: Any, *, is_outside: bool = False) -> Contact:
    """A member who was asked, and said yes."""
    contact = ask_contact(member=member, words="I listen.", is_outside=is_outside, by=by)
    accept_contact(contact=contact, words="I listen.", by=member)
    return contact_of(member)


def report_by(member: Any, to: Any, *, about: About | None = None, happened: str = WORDS) -> Report:
    """A report to this contact."""
    return send_report(
        by=member,
        report_id=id_for(member, uuid4()),
        contact=contact_of(to),
        happened=happened,
        asked=Asked(Wish.LISTEN, "Nothing else."),
        about=about or About(),
    )


def form(**fields: Any) -> dict[str, Any]:
    """What the form of a report sends."""
    return {"happened": WORDS, "wish": "listen", "once": str(uuid4()), **fields}


def seen(answer: Any) -> tuple[int, str]:
    """Status and body without tokens."""
    return answer.status_code, OF_THE_MOMENT.sub("", answer.text)


def who(cast: dict[str, Any], report: Report, rule: Any) -> set[str]:
    """Who of the cast the rule lets."""
    return {name for name, member in cast.items() if rule(member, report)}


def listed(cast: dict[str, Any], report: Report, rows: Any) -> set[str]:
    """In whose list the report stands."""
    return {name for name, member in cast.items() if rows(member).filter(pk=report.pk).exists()}
