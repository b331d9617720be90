"""What the table of addresses names of care."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from accounts.models import User
from care.actions import ask_contact, send_report, stop_contact
from care.actions.turns import id_for
from care.choices import Wish
from care.models import Contact
from care.texts import About, Asked
from home.demo.initiative import email_of


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of care can name, made for Dev: his stop, his report to Fay, somebody of spring."""
    keisha = User.objects.get(email=email_of("keisha"))
    stop = stop_contact(by=cast["dev"], other=User.objects.get(email=email_of("paul")))
    report = send_report(
        by=cast["dev"],
        report_id=id_for(cast["dev"], uuid4()),
        contact=Contact.objects.get(member=cast["fay"]),
        happened="He read my message aloud to the others.",
        asked=Asked(Wish.LISTEN),
        about=About((keisha.pk,), "and somebody from the front desk"),
    )
    asked = ask_contact(member=keisha, words="She listens.", is_outside=False, by=cast["ana"])
    return {
        "person": str(keisha.pk),
        "stopped": str(stop.pk),
        "report": str(report.pk),
        "contact": str(asked.pk),
    }
