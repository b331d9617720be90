"""What a member’s own copy calls the things of the public letter."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words

LABELS: Mapping[str, Words] = {
    "signed": _("Signed"),
    "version": _("Version"),
    "at": _("When"),
    "name_is_public": _("Your name is public"),
    "for_organizations": _("For organizations"),
    "organization": _("Organization"),
    "confirmed": _("Confirmed"),
    "commitments": _("Its commitments"),
    "part": _("Part"),
    "words": _("Words"),
    "by": _("By"),
    "written": _("Versions that you wrote"),
    "process": _("Part on process"),
    "outcome": _("Part on outcomes"),
    "what_changed": _("What changed"),
}
