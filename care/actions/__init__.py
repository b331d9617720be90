"""Verbs of care. What concerns a stop or a report leaves no row in the audit, and no mark that a form was sent."""

from care.actions.contacts import accept_contact, ask_contact, change_contact, end_contact
from care.actions.notes import write_note
from care.actions.reports import name_people, resend_report, send_report, set_state, withdraw_report
from care.actions.stops import end_stop, stop_contact

__all__ = [
    "accept_contact",
    "ask_contact",
    "change_contact",
    "end_contact",
    "end_stop",
    "name_people",
    "resend_report",
    "send_report",
    "set_state",
    "stop_contact",
    "withdraw_report",
    "write_note",
]
