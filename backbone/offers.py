"""What the desk offers at the doors of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from cohorts.models import Cohort
from core import doors
from core.fragments import address, nav_line


def desk_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the desk, for the backbone."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.BACKBONE):
        return None
    return nav_line(request, address("backbone:desk_show"), _("Desk"))


def cohort_ways(*, request: HttpRequest, cohort: Cohort, **_given: Any) -> SafeString | None:
    """On a cohort's page: the way to it on the desk, for the backbone."""
    if not holds(request.user, RoleKind.BACKBONE):  # type: ignore[arg-type]
        return None
    url = reverse("backbone:cohort_desk", args=[cohort.slug])
    words = _("This cohort on the desk")
    return format_html('<p><a href="{}">{}</a></p>', url, words)


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", desk_line, order=60)
    doors.offer("cohort_ways", cohort_ways)
