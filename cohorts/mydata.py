"""What a member’s own copy calls the things of cohorts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words

LABELS: Mapping[str, Words] = {
    "memberships": _("Your cohorts"),
    "cohort": _("Cohort"),
    "facilitator": _("You facilitate"),
    "joined": _("Joined"),
    "left": _("Left"),
    "announcements": _("Announcements that you posted"),
    "text": _("Text"),
    "posted": _("Posted"),
    "prompts_opened": _("Talks that you opened"),
    "words": _("Words"),
    "opened": _("Opened"),
    "replies": _("What you said in talks"),
    "to": _("Talk"),
    "removed_because": _("Why it was removed"),
    "invitations_accepted": _("Invitations that you accepted"),
    "sent_to": _("Sent to"),
    "sent": _("Sent"),
    "role": _("Role"),
}
