"""Whose closed account the next page may speak of: noted when somebody proved that it is they, and read once."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import HttpRequest

from accounts.models import Suspension, User

KEY = "inactive"
LASTS = 300  # seconds


def note(request: HttpRequest, user: User) -> None:
    """Note, in a session that belongs to nobody, that this person has just shown that it is they."""
    request.session[KEY] = [str(user.pk), time.time()]


def read_once(request: HttpRequest) -> Suspension | None:
    """The suspension of whoever was noted within the last minutes, and forget them: a page that is left open says nothing again."""
    member, at = request.session.pop(KEY, ["", 0])
    if not member or time.time() - at > LASTS:
        return None
    return Suspension.objects.in_force().select_related("member").filter(member=UUID(member)).first()  # fmt: skip
