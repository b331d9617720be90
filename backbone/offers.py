"""What the desk offers at the doors of the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from backbone.actions import take_snapshots
from cohorts.models import Cohort
from core import doors
from core.fragments import address, nav_line


def desk_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the desk, for the backbone."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.BACKBONE):
        return None
    return nav_line(request, address("backbone:desk_show"), _("Desk"))


def insights_line(*, cohort: Cohort, **_given: Any) -> str:
    """On a cohort's page, the way to the numbers about it, for everybody who sees that page."""
    url = reverse("insights:insights_show", args=[cohort.slug])
    return render_to_string("backbone/door_cohort_insights.html", {"url": url})


def hourly(*, now: datetime) -> int:
    """Count the cohorts whose week has passed."""
    return take_snapshots(now=now)


def register() -> None:
    """Make the offers."""
    doors.offer("cohort_insights", insights_line)
    doors.offer("hourly", hourly)
    doors.offer("navigation", desk_line, order=60)
