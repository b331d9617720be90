"""What the page says of buddies on which a member leaves the initiative."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.buddies.models import Request
from accountability.buddies.permissions import pairs_visible_to, pairs_writable_by
from core.leaving import Remark, When


def remarks_for(member: Any) -> list[Remark]:
    """One line for each thing that the member has here: a pair, one that ended, an open request."""
    found = []
    pair = pairs_writable_by(member).first()
    if pair is not None:
        found += [
            Remark(When.NOW, _("Your place beside your buddy rests. How to reach you, your name and what you lent from your journal are hidden from them; what you told each other they still read, beside “Former member”.")),
            Remark(When.LATER, _("You leave your pair. Your buddy is told that it has ended or is smaller, as after any end, and no more.")),
        ]  # fmt: skip
    shared = pair or pairs_visible_to(member).first()
    if shared is not None:
        url = reverse("buddies:pair_export", args=[shared.pk])
        words = _("What you shared with your buddy can be read by them for 30 days after that, unless you take it with you below. What you were still writing goes in any case.")  # fmt: skip
        found.append(Remark(When.STAYS, words, url, _("Take your copy of what you shared")))
    if Request.objects.open().filter(by=member).exists():
        found.append(Remark(When.NOW, _("Your open request to be buddies is taken back; coming back does not bring it back.")))  # fmt: skip
    return found
