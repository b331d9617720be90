"""What buddies offer at the doors of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import doors


def buddy_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation, the same for every member, whether or not they have a buddy."""
    if not request.user.is_authenticated:
        return None
    url = reverse("buddies:buddy_show")
    line = {"url": url, "label": _("Buddy"), "current": request.path.startswith(url)}
    return render_to_string("components/nav_line.html", line)


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", buddy_line, order=32)
