"""What the table of addresses names of belonging to an organization."""

from __future__ import annotations

from typing import Any

from accounts.models import User


def made(cast: dict[str, Any]) -> dict[str, str]:
    """A colleague of Dev's of whom nobody has said yet that they belong there."""
    colleagues = User.objects.filter(organization=cast["dev"].organization)
    waiting = colleagues.exclude(pk=cast["dev"].pk).latest("email")
    User.objects.filter(pk=waiting.pk).update(organization_confirmed_at=None)
    return {"colleague": str(waiting.pk)}
