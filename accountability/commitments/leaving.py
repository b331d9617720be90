"""What the page says of commitments on which a member leaves the initiative."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.commitments.models import Commitment, OrganizationRole
from accountability.commitments.permissions import witnessing_of
from core.leaving import Remark, When


def leaving(*, member: Any) -> list[Remark]:
    """Their own, those of a role that they hold, and those that they witness."""
    found = []
    if Commitment.objects.filter(owner=member).exists():
        found += [
            Remark(When.NOW, _("Nobody reads your commitments any more, the public ones neither.")),
            Remark(When.LATER, _("Your commitments go, with what was published of them and how they went.")),
        ]  # fmt: skip
    for role in OrganizationRole.objects.filter(holder=member).select_related("organization"):
        named = {"title": role.title, "name": role.organization.name}
        words = _("What “%(title)s” promised for %(name)s stays with the organization, and the role is without a holder. You can name somebody before.")  # fmt: skip
        url = reverse("commitments:role_list")
        found.append(Remark(When.STAYS, words % named, url, _("Roles of your organization")))
    if witnessing_of(member).exists():
        found.append(Remark(When.NOW, _("You are no witness any more of what others promised.")))
    return found
