"""What the page says of the shared language on which a member leaves the initiative."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.leaving import Remark, When
from curriculum.glossary.models import Decision


def leaving(*, member: Any) -> list[Remark]:
    """What stays of proposals, comments and decisions, where there is something."""
    decided = Decision.objects.filter(Q(recorded_by=member) | Q(confirmed_by=member))
    if not (member.proposals.exists() or member.term_comments.exists() or decided.exists()):
        return []
    words = _("Adopted decisions keep the wording, not your name; so do your proposals and comments. Who was present at a meeting stays as somebody wrote it down.")  # fmt: skip
    return [Remark(When.STAYS, words)]
