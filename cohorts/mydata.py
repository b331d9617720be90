"""What a member’s own copy calls the things of cohorts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cohorts.choices import ImportState, Presence
from core.register import Words, values_of

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
    "join_links_made": _("Links to join by that you made"),
    "made": _("Made"),
    "used": _("How many joined by it"),
    "files_uploaded": _("Files of people to invite that you uploaded"),
    "uploaded": _("Uploaded"),
    "state": _("State"),
    **values_of("state", ImportState),
}

MEETING_LABELS: Mapping[str, Words] = {
    "meetings_called": _("Meetings that you called"),
    "cohort": _("Cohort"),
    "title": _("Title"),
    "begins": _("Begins"),
    "ends": _("Ends"),
    "place": _("Place"),
    "link": _("Link"),
    "agenda": _("Agenda"),
    "called_off": _("Called off"),
    "changed_by_others": _("Others changed it since, so that its words are not here"),
    "attendance": _("Whether you were there"),
    "meeting": _("Meeting"),
    "state": _("What stands there"),
    "said_by_yourself": _("Said by yourself"),
    "noted": _("Noted"),
    "noted_before": _("What was noted before you corrected it"),
    **values_of("state", Presence),
    **values_of("noted_before", Presence),
}
