"""What others did to a member's account, from the audit, for the member to read (threats F10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.audit import pseudonym
from core.models import AuditEvent

#: The verbs that are shown, in the member's words. What a member does themselves is left out.
WORDS: dict[str, str | Promise] = {
    "member.exported": _(
        "What is kept of you was written to a file by somebody who runs the server, without your private text."
    ),
    "member.opened": _("Your account page was opened by somebody who runs the site."),
    "member.restored": _("Your account was opened again."),
    "member.belonging_confirmed": _("It was confirmed that you belong to your organization."),
    "member.belonging_doubted": _("Somebody said that they do not know you in your organization."),
    "member.suspended": _("Your account was suspended."),
    "role.ended": _("A role of yours was ended."),
    "role.given": _("You were given a role."),
    "seat.offered": _("You were offered a seat in a body."),
    "seat.ended": _("A seat of yours in a body was ended, or its offer taken back."),
    "second_factor.reset": _("Your second factor was removed, after your request."),
}
MOST = 20


@dataclass(frozen=True)
class Act:
    """One act and when it happened."""

    at: datetime
    words: str | Promise


def acts_on(member: User) -> list[Act]:
    """The last acts of others on this account, newest first."""
    me = pseudonym(member.pk)
    rows = AuditEvent.objects.filter(subject=me, verb__in=WORDS).exclude(actor=me)
    return [Act(row.at, WORDS[row.verb]) for row in rows.order_by("-at")[:MOST]]
