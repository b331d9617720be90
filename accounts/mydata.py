"""What a member’s own copy calls the things of accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.choices import CopyState, ResetState, RoleKind
from core.crypto.envelope import CannotOpen
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "email": _("E-mail address"),
    "chosen_name": _("Name you go by"),
    "pronouns": _("Pronouns"),
    "organization": _("Organization"),
    "organization_confirmed": _("Confirmed that you belong there"),
    "organization_doubted": _("Said that you are not known there"),
    "time_zone": _("Time zone"),
    "language": _("Language"),
    "joined": _("Joined"),
    "last_log_in": _("Last log-in"),
    "password_reset": _("Password reset by mail"),
    "roles": _("Roles"),
    "kind": _("Role"),
    **values_of("kind", RoleKind),
    "reason": _("Reason"),
    "given_at": _("Given"),
    "ended_at": _("Ended"),
    "end_reason": _("Why it ended"),
    "seats": _("Seats in bodies"),
    "body__name": _("Body"),
    "title": _("Name of the seat"),
    "offered_at": _("Offered"),
    "accepted_at": _("Accepted"),
    "suspensions": _("When your account was suspended"),
    "until": _("Until"),
    "confirmed_at": _("Confirmed"),
    "reporting_lines": _("Who reports to whom at work"),
    "member": _("Member"),
    "reports_to": _("Reports to"),
    "imported": _("Brought in"),
    "said_to_be_wrong": _("Said to be wrong"),
    "second_factor_resets": _("When you lost your second factor"),
    "state": _("State"),
    **values_of("state", ResetState),
    **values_of("state", CopyState),
    "requested_at": _("Asked"),
    "ready_at": _("Ready from"),
    "closed_at": _("Closed"),
    "acts": _("What others did to your account"),
    "at": _("When"),
    "what": _("What"),
    "copies": _("Copies of your data that you asked for"),
    "asked_at": _("Asked"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Why the member's account was suspended. It is sealed for them, so it is in no file that somebody else makes."""
    yield Part("suspension_reasons", _("Why your account was suspended"), partial(_reasons, member))


def _reasons(member: Any) -> Iterable[Mapping[str, Any]]:
    for row in member.suspensions.confirmed().order_by("confirmed_at", "pk"):
        at = {"confirmed_at": row.confirmed_at.isoformat()}
        try:
            yield {**at, "reason": str(row.reason)}
        except CannotOpen:  # the kernel has told the operators
            yield {**at, "cannot_be_opened": True}
