"""Care in the demonstration: who reports to whom, and two contacts, one of them from outside."""

from __future__ import annotations

from accounts.models import User
from accounts.reporting_lines import replace_lines
from care.actions import accept_contact, ask_contact
from notices.actions import mark_all_read

#: Who reports to whom at work.
LINES = (("jo", "ben"),)
#: Name, whether from outside, and their own words.
CONTACTS = (
    (
        "fay",
        True,
        "I am from outside, at the Community Foundation, and in no cohort. I listen first, and answer within two days. I do "
        "nothing without you.",
    ),
    (
        "lena",
        False,
        "I am on the backbone team and know how decisions are made here. I can explain your choices, and act when you ask me "
        "to. I answer within a day.",
    ),
)


def write_care(members: dict[str, User]) -> None:
    """Write the lines of reporting, and ask the contacts, who say yes and know of it."""
    replace_lines(pairs=[(members[one].pk, members[boss].pk) for one, boss in LINES], by=None)
    for name, is_outside, words in CONTACTS:
        contact = ask_contact(
            member=members[name], words=words, is_outside=is_outside, by=members["ana"]
        )
        accept_contact(contact=contact, words=words, by=members[name])
        mark_all_read(by=members[name])
