"""What the table of addresses names of people on the desk."""

from __future__ import annotations

from typing import Any

from accounts.models import Role, User
from accounts.suspending import propose_suspension
from home.demo.initiative import email_of


def made(cast: dict[str, Any]) -> dict[str, str]:
    """Dev, whose page is opened; Rui with a role; Mo, who facilitates; and somebody whose suspension Lena has asked for."""
    asked = User.objects.get(email=email_of("paul"))
    suspension = propose_suspension(member=asked, reason="He harms.", until=None, by=cast["lena"])
    return {
        "desk_person": str(cast["dev"].pk),
        "desk_editor": str(cast["rui"].pk),
        "desk_role": str(Role.objects.in_force().get(member=cast["rui"]).pk),
        "desk_facilitator": str(cast["mo"].pk),
        "desk_asked": str(asked.pk),
        "suspension": str(suspension.pk),
    }
