"""What `operations` offers at the doors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from core import doors
from core.fragments import address, nav_line
from operations.backups import offers as backups
from operations.machine import SIGNS
from operations.watching import watch


def operations_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to how the installation does, for operators."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.OPERATOR):
        return None
    return nav_line(request, address("operations:signs_show"), _("Status"))


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", operations_line, order=70)
    for number, said in enumerate(SIGNS):
        doors.offer("sign", said, order=50 + number)
    backups.register()
    doors.offer("every_minute", watch, order=300)  # after the work that it looks at
