"""What the desk offers at the doors of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from core import doors


def desk_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the desk, for the backbone."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.BACKBONE):
        return None
    url = reverse("backbone:desk_show")
    line = {"url": url, "label": _("Desk"), "current": request.path.startswith(url)}
    return render_to_string("components/nav_line.html", line)


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", desk_line, order=60)
