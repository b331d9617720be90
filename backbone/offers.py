"""What the desk offers at the doors of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from core import doors
from core.fragments import address, nav_line


def desk_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the desk, for the backbone."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.BACKBONE):
        return None
    return nav_line(request, address("backbone:desk_show"), _("Desk"))


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", desk_line, order=60)
