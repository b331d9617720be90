"""What a member’s own copy calls the things of the shared language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words

LABELS: Mapping[str, Words] = {
    "proposals": _("What you proposed"),
    "term": _("Term"),
    "status": _("State"),
    "written_at": _("Written"),
    "reason": _("Reason"),
    "language": _("Language"),
    "name": _("Name"),
    "aliases": _("Other names"),
    "forms": _("Forms"),
    "case_matters": _("Capitals matter"),
    "definition": _("Definition"),
    "example": _("Example"),
    "notes": _("Notes"),
    "contested": _("What is contested"),
    "we_say": _("We say"),
    "we_avoid": _("We avoid"),
    "we_avoid_because": _("Why we avoid it"),
    "broader": _("Broader"),
    "related": _("Related"),
    "not_to_be_confused_with": _("Not to be confused with"),
    "source": _("Source"),
    "source_url": _("Address of the source"),
    "source_license": _("License of the source"),
    "source_use": _("How the source is used"),
    "comments": _("What you said to proposals"),
    "about": _("Number of the proposal"),
    "text": _("Text"),
    "posted_at": _("Posted"),
    "decisions": _("Decisions that you recorded or confirmed"),
    "outcome": _("Outcome"),
    "decided_on": _("Decided"),
    "recorded": _("You recorded it"),
    "confirmed": _("You confirmed it"),
    "dissent": _("Dissent"),
    "present": _("Present"),
    "definitions_read": _("Definitions that you marked as read"),
    "version": _("Version"),
    "read_at": _("Read"),
}
