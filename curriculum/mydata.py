"""What a member’s own copy calls the things of the curriculum."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.register import Words

LABELS: Mapping[str, Words] = {
    "lesson": _("Key of the lesson"),
    "title": _("Lesson"),
    "done_at": _("Finished"),
}
