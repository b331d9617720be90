"""What a member’s own copy calls the things of progress by name."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words

LABELS: Mapping[str, Words] = {
    "shown_by_name": _("Cohorts in which those who facilitate see by your name which modules you finished"),
    "cohort": _("Cohort"),
    "since": _("Since when"),
}  # fmt: skip
