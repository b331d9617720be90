"""What a member’s own copy calls notices and how they want to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words

LABELS: Mapping[str, Words] = {
    "notices": _("Notices"),
    "kind": _("Kind"),
    "about": _("What it is about, by numbers"),
    "at": _("When"),
    "read_at": _("Read"),
    "by_mail": _("By mail, for each kind"),
    "paused": _("Mail is paused"),
    "quiet_from": _("Quiet from"),
    "quiet_until": _("Quiet until"),
}
