"""What the page says of cohorts on which a member leaves the initiative, and what goes at once."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.models import Invitation
from core.leaving import Remark, When


def member_left(*, member: Any, **_given: Any) -> None:
    """Invitations that they used, or that wait for their address, say nothing any more but that address, so they go."""
    Invitation.objects.filter(Q(accepted_by=member.pk) | Q(email=member.email)).delete()


def leaving(*, member: Any) -> list[Remark]:
    """That a cohort goes on without its facilitator; what stays of talks, announcements and meetings, where there is something."""
    found = []
    for row in member.memberships.current().filter(is_facilitator=True).select_related("cohort"):
        words = _("The cohort %(name)s is without you as its facilitator. Tell the backbone team before, so that somebody takes over.")  # fmt: skip
        found.append(Remark(When.NOW, words % {"name": row.cohort.name}))
    if member.replies.exists() or member.announcements.exists() or member.prompts_opened.exists():
        words = _("What you said to your cohorts, in talks and announcements: the words, without your name. Delete before what must not stay.")  # fmt: skip
        found.append(Remark(When.STAYS, words))
    if member.meetings_called.exists():
        words = _("The meetings that you called, with place and agenda, without your name.")
        found.append(Remark(When.STAYS, words))
    return found
