"""What the page says of the public letter on which a member leaves the initiative."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accountability.letter.models import Signature
from core.leaving import Remark, When


def leaving(*, member: Any) -> list[Remark]:
    """Their own signature, and that of an organization for which they acted."""
    found = []
    if Signature.objects.for_oneself().filter(member=member).exists():
        found += [
            Remark(When.NOW, _("Your name under the public letter is shown nowhere; your signature still counts.")),
            Remark(When.LATER, _("Your signature under the public letter goes.")),
        ]  # fmt: skip
    acted = Signature.objects.for_organizations().filter(Q(member=member) | Q(confirmed_by=member))
    if acted.exists():
        words = _("A signature of your organization that two had confirmed stays under the letter, without your name.")  # fmt: skip
        found.append(Remark(When.STAYS, words))
    return found
