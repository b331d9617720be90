"""What the page says of care on which a member leaves the initiative."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from care.permissions import place_as_contact_of
from core.leaving import Remark, When


def leaving(*, member: Any) -> list[Remark]:
    """The same line for everybody, whether or not they ever wrote a report; one more for a contact."""
    found = [
        Remark(When.LATER, _("Reports of harm that you wrote are destroyed, with their keys."))
    ]
    if place_as_contact_of(member).exists():
        words = _("You are no contact for reports any more. What was sent to you stays with those who wrote it; they can send it to another.")  # fmt: skip
        found.append(Remark(When.NOW, words))
    return found
